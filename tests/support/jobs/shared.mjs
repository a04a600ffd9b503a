// Jobs that share objects of asyncio-ts/threading with the test.

export function count(lock, total, times) {
  for (let i = 0; i < times; i++) {
    lock.acquire();
    total.value = total.value + 1;
    lock.release();
  }
}

/** Doubles what comes until null comes. */
export function double({ input, output }) {
  for (let item = input.get(); item !== null; item = input.get()) output.put(2 * item);
}

export function giveBack(value) {
  return { list: [value] };
}

export function keep(lock, event) {
  lock.acquire();
  event.set();
}

export function keepForEver(lock, event) {
  keep(lock, event);
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

export function fail(message) {
  throw new RangeError(message);
}

export function exit(code) {
  process.exit(code);
}
