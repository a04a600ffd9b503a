import type { Awaitable, Body } from "../../packages/asyncio/src/index.ts";

/** A body's script: what it yields is awaited. */
export type Script<A extends unknown[], T> = (...args: A) => Generator<Awaitable<unknown>, T, never>;

/** One script as a body of either kind, `generator` or `native`. */
export function bodyOf<A extends unknown[], T>(kind: string, script: Script<A, T>): (...args: A) => Body<T> {
  if (kind === "native") {
    return async (...args) => {
      const steps = script(...args);
      let step = steps.next();
      while (step.done !== true) {
        let value: unknown;
        try {
          value = await step.value;
        } catch (error) {
          step = steps.throw(error);
          continue;
        }
        step = steps.next(value as never);
      }
      return step.value;
    };
  }
  return function* (...args) {
    const steps = script(...args);
    let step = steps.next();
    while (step.done !== true) {
      let value: unknown;
      try {
        value = yield* step.value;
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(value as never);
    }
    return step.value;
  };
}
