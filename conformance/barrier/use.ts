// Fact 122: a barrier as a context manager gives the position; leaving it does nothing.

import type { CoroutineGenerator } from "asyncio-ts";
import { Barrier, coroutine, gather, sleep } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const barrier = new Barrier(3);

  const worker = coroutine(function* (name: string) {
    yield* barrier.use(function* (position) {
      print(name, position, state(barrier));
      yield* sleep(position);
      if (position === 0) throw new RangeError("of the body");
    });
    return name;
  });

  const workers = [..."abc"].map((name) => worker(name));
  for (const result of yield* gather(workers, { returnExceptions: true })) {
    print(typeof result === "string" ? result : show(result));
  }
  print(state(barrier));
}

export async function native(print: Print): Promise<void> {
  const barrier = new Barrier(3);

  const worker = coroutine(async (name: string) => {
    await barrier.use(async (position) => {
      print(name, position, state(barrier));
      await sleep(position);
      if (position === 0) throw new RangeError("of the body");
    });
    return name;
  });

  const workers = [..."abc"].map((name) => worker(name));
  for (const result of await gather(workers, { returnExceptions: true })) {
    print(typeof result === "string" ? result : show(result));
  }
  print(state(barrier));
}
