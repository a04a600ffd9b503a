import { runBody } from "../sync/exclusive.ts";
import type { Guard } from "../sync/guard.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";

interface Acquirable {
  acquire(options: { readonly allowBlocking?: boolean }): unknown;
  release(): void;
  acquireAsync(): Coroutine<Guard>;
}

/** Calls a function between acquiring and releasing. */
export function exclusively<T>(
  acquirable: Acquirable,
  body: () => T,
  options: { readonly allowBlocking?: boolean },
): T {
  acquirable.acquire(options);
  try {
    return body();
  } finally {
    acquirable.release();
  }
}

/** Runs a body, as part of the calling task, between acquiring and releasing. */
export function exclusivelyAsync<T>(acquirable: Acquirable, body: () => Body<T>): Coroutine<T> {
  return new FunctionCoroutine<T>(definition, undefined, [acquirable, body]);
}

function* acquireAndRun<T>(acquirable: Acquirable, body: () => Body<T>): CoroutineGenerator<T> {
  const guard = yield* acquirable.acquireAsync();
  try {
    return yield* runBody(body);
  } finally {
    guard.release();
  }
}

const definition = define(acquireAndRun as never, "runExclusiveAsync");
