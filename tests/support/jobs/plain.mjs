// Jobs for the tests of executors, in JavaScript: a worker of any runtime loads them as they are.

const current = () => globalThis[Symbol.for("asyncio-ts.worker")].job;

export const nothing = () => {};
export const identity = (value) => value;
export const add = (a, b) => a + b;
export const square = (n) => n * n;
export const greet = (name) => `hello ${name}`;
export const workerName = () => current().worker;

export async function later(value) {
  await new Promise((resolve) => setImmediate(resolve));
  return value;
}

export function fail(message) {
  throw Object.assign(new RangeError(message, { cause: new TypeError("the cause") }), { code: "E_FAIL" });
}

export function throwValue(value) {
  throw value;
}

export const makeFunction = () => ({ list: [{ run: () => 1 }] });

export function moveBack(size) {
  const buffer = new ArrayBuffer(size);
  return { [Symbol.for("asyncio-ts.transfer")]: true, value: buffer, list: [buffer] };
}

// ---- a thread waits for the test, and the test for the thread

export function enter(gate) {
  const words = new Int32Array(gate);
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  while (Atomics.load(words, 1) === 0) Atomics.wait(words, 1, 0, 50);
  return "through";
}

export function pollUntilCancelled(gate) {
  const words = new Int32Array(gate);
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  const job = current();
  for (;;) job.throwIfCancelled();
}

export function waitForSignal(gate) {
  const { signal } = current();
  if (gate !== undefined) Atomics.add(new Int32Array(gate), 0, 1);
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

export function burn(gate) {
  if (gate !== undefined) Atomics.add(new Int32Array(gate), 0, 1);
  for (;;);
}

// ---- workers that die

export const exit = (code) => process.exit(code);
export const selfKill = (signal) => process.kill(process.pid, signal);

export function exitLater(code) {
  setTimeout(() => process.exit(code), 0);
}

export function fillMemory() {
  const kept = [];
  for (;;) kept.push(new Array(100_000).fill({}).map(() => ({ kept })));
}

let prepared = "not prepared";
export const prepare = (text) => {
  prepared = text;
};
export const isPrepared = () => prepared;
export const failToPrepare = () => {
  throw new RangeError("not today");
};
