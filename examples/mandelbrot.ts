// Futures and processes: a picture of the Mandelbrot set, computed row by row in a pool of processes.
//   npm start -- examples/mandelbrot.ts [picture.pgm]
import { writeFileSync } from "node:fs";
import * as asyncio from "asyncio-ts";
import { ProcessPoolExecutor, workerModule } from "asyncio-ts/concurrent";

const { mandelbrotRow } = workerModule<typeof import("./jobs/mandelbrot.ts")>(
  new URL("./jobs/mandelbrot.ts", import.meta.url),
);

const LIMIT = 255;

async function compute(width: number, height: number): Promise<Uint8Array[]> {
  await using pool = new ProcessPoolExecutor({ maxWorkers: 2 });
  const rows = Array.from({ length: height }, (_, y) => y);
  const picture: Uint8Array[] = [];
  const same = (value: number) => rows.map(() => value);
  // In the order of the rows, whoever computes them; eight rows a message.
  for await (const row of pool.map(mandelbrotRow, rows, same(width), same(height), same(LIMIT), { chunksize: 8 })) {
    picture.push(row);
  }
  return picture;
}

const main = asyncio.coroutine(async (file: string | undefined) => {
  if (file === undefined) {
    for (const row of await compute(64, 24)) {
      console.log(
        [...row]
          .map((steps) => (steps === LIMIT ? "#" : steps > 8 ? "+" : steps > 4 ? "." : " "))
          .join("")
          .trimEnd(),
      );
    }
    return;
  }
  const picture = await compute(900, 600);
  writeFileSync(file, Buffer.concat([Buffer.from(`P5 900 600 ${LIMIT}\n`), ...picture]));
  console.log(`wrote ${file}`);
});

await asyncio.run(main(process.argv[2]));
