// A predicate is asked at once and after every notification; its value is the result.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition, coroutine, createTask, gather, sleep } from "asyncio-ts";
import { type Print, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();
  let stock = 0;

  const buyer = coroutine(function* (name: string, wanted: number) {
    const enough = (): string | false => {
      print(name, "looks at", stock);
      return stock >= wanted && `${stock} for ${name}`;
    };

    yield* condition.runExclusive(function* () {
      print(yield* condition.waitFor(enough));
      stock -= wanted;
    });
  });

  const tasks = (
    [
      ["a", 3],
      ["b", 1],
      ["c", 2],
    ] as const
  ).map(([name, wanted]) => createTask(buyer(name, wanted)));
  for (const delivery of [1, 1, 4]) {
    yield* sleep(1);
    yield* condition.runExclusive(function* () {
      stock += delivery;
      condition.notifyAll();
    });
  }
  yield* gather(tasks);
  print(stock, state(condition));
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();
  let stock = 0;

  const buyer = coroutine(async (name: string, wanted: number) => {
    const enough = (): string | false => {
      print(name, "looks at", stock);
      return stock >= wanted && `${stock} for ${name}`;
    };

    await condition.runExclusive(async () => {
      print(await condition.waitFor(enough));
      stock -= wanted;
    });
  });

  const tasks = (
    [
      ["a", 3],
      ["b", 1],
      ["c", 2],
    ] as const
  ).map(([name, wanted]) => createTask(buyer(name, wanted)));
  for (const delivery of [1, 1, 4]) {
    await sleep(1);
    await condition.runExclusive(async () => {
      stock += delivery;
      condition.notifyAll();
    });
  }
  await gather(tasks);
  print(stock, state(condition));
}
