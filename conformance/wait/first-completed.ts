// Fact 72: FIRST_COMPLETED reports everything that is done when the waiter wakes up, not only the first.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, FIRST_COMPLETED, getRunningLoop, sleep, wait } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const loop = getRunningLoop();
  const futures = [0, 1, 2, 3].map(() => loop.createFuture<number>());
  const task = createTask(wait(futures, { returnWhen: FIRST_COMPLETED }));
  yield* sleep(0);
  futures[0]!.setResult(0);
  loop.callSoon(() => futures[1]!.setResult(1));
  loop.callSoon(() => loop.callSoon(() => futures[2]!.setException(new RangeError("two"))));
  const [done, pending] = yield* task;
  print(
    futures.map((future) => done.has(future)),
    futures.map((future) => pending.has(future)),
  );
  print(futures.map((future) => future.done()));
  futures[2]!.exception();
}

export async function native(print: Print): Promise<void> {
  const loop = getRunningLoop();
  const futures = [0, 1, 2, 3].map(() => loop.createFuture<number>());
  const task = createTask(wait(futures, { returnWhen: FIRST_COMPLETED }));
  await sleep(0);
  futures[0]!.setResult(0);
  loop.callSoon(() => futures[1]!.setResult(1));
  loop.callSoon(() => loop.callSoon(() => futures[2]!.setException(new RangeError("two"))));
  const [done, pending] = await task;
  print(
    futures.map((future) => done.has(future)),
    futures.map((future) => pending.has(future)),
  );
  print(futures.map((future) => future.done()));
  futures[2]!.exception();
}
