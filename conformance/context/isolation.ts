// Fact 52: concurrent tasks never see each other's values, however their steps interleave.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, coroutine, gather, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar<number[] | null>("variable", { default: null });

  function* nested(depth: number): CoroutineGenerator<number[] | null> {
    if (depth) return yield* nested(depth - 1);
    yield* sleep(0);
    return variable.get();
  }

  const work = coroutine(function* (number: number) {
    const same = (value: number[] | null, step: number): boolean => value?.[0] === number && value[1] === step;
    let wrong = 0;
    for (let step = 0; step < 10; step += 1) {
      variable.set([number, step]);
      if (number % 3 === 0) yield* sleep(0);
      if (!same(yield* nested(step % 3), step) || !same(variable.get(), step)) wrong += 1;
    }
    return wrong;
  });

  const results = yield* gather(...Array.from({ length: 100 }, (_, number) => work(number)));
  print(
    results.reduce((sum, value) => sum + value),
    variable.get(),
  );
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar<number[] | null>("variable", { default: null });

  async function nested(depth: number): Promise<number[] | null> {
    if (depth) return await nested(depth - 1);
    await sleep(0);
    return variable.get();
  }

  const work = coroutine(async (number: number) => {
    const same = (value: number[] | null, step: number): boolean => value?.[0] === number && value[1] === step;
    let wrong = 0;
    for (let step = 0; step < 10; step += 1) {
      variable.set([number, step]);
      if (number % 3 === 0) await sleep(0);
      if (!same(await nested(step % 3), step) || !same(variable.get(), step)) wrong += 1;
    }
    return wrong;
  });

  const results = await gather(...Array.from({ length: 100 }, (_, number) => work(number)));
  print(
    results.reduce((sum, value) => sum + value),
    variable.get(),
  );
}
