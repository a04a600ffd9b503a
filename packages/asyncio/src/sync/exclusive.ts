import { RuntimeError } from "../loop/errors.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Body, startBody } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator, Suspension } from "../tasks/suspension.ts";
import type { Guard } from "./guard.ts";

interface Acquirable {
  acquire(): Coroutine<Guard>;
}

/** Runs a body, as part of the calling task, between acquiring and releasing. */
export function runExclusive<T>(acquirable: Acquirable, body: () => Body<T>): Coroutine<T> {
  return new FunctionCoroutine<T>(definition, undefined, [acquirable, body]);
}

function* acquireAndRun<T>(acquirable: Acquirable, body: () => Body<T>): CoroutineGenerator<T> {
  const guard = yield* acquirable.acquire();
  try {
    return yield* runBody(body);
  } finally {
    guard.release();
  }
}

/** Runs a body inside the generator that is being stepped. */
export function runBody<A extends unknown[], T>(
  body: (...args: A) => Body<T>,
  ...args: A
): Iterable<Suspension, T, unknown> {
  const driver = driverHere();
  if (driver === null) throw new RuntimeError("a body can only run inside a task");
  return startBody(driver, body as never, undefined, args) as unknown as Iterable<Suspension, T, unknown>;
}

const definition = define(acquireAndRun as never, "runExclusive");
