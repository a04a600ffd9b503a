// What the programs with executors run in threads and processes.

const pause = new Int32Array(new SharedArrayBuffer(4));

/** `time.sleep(0.5)`: nothing else runs in this thread meanwhile. */
export function blockingFunc(n: number): number {
  Atomics.wait(pause, 0, 0, 500);
  return n ** 2;
}

export function factorial(n: bigint): bigint {
  return n === 0n ? 1n : n * factorial(n - 1n);
}
