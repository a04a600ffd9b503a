// What the pools of JavaScript run.
export function noop() {}

export function echo(value) {
  return value;
}

/** Keeps a core busy for so many milliseconds. */
export function burn(milliseconds) {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) sum++;
  return sum;
}
