/** A row of the picture: how many steps each point takes to escape, at most `limit`. */
export function mandelbrotRow(y: number, width: number, height: number, limit: number): Uint8Array {
  const row = new Uint8Array(width);
  const ci = (2 * y) / height - 1;
  for (let x = 0; x < width; x++) {
    const cr = (3 * x) / width - 2;
    let [zr, zi, steps] = [0, 0, 0];
    while (steps < limit && zr * zr + zi * zi < 4) {
      [zr, zi] = [zr * zr - zi * zi + cr, 2 * zr * zi + ci];
      steps++;
    }
    row[x] = steps;
  }
  return row;
}
