// Fact 31: a new task takes its first step in the next iteration, in the order of creation.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const work = coroutine(function* (name: string, tick: () => number) {
    print(name, "starts in", tick());
    return name;
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  yield* sleep(0);
  const a = createTask(work("a", tick));
  loop.callSoon(print, "callback");
  const b = createTask(work("b", tick));
  print("created in", tick(), a.done(), b.done());
  yield* sleep(0);
  print("main in", tick(), a.done(), a.result(), b.result());
}

export async function native(print: Print): Promise<void> {
  const work = coroutine(async (name: string, tick: () => number) => {
    print(name, "starts in", tick());
    return name;
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  await sleep(0);
  const a = createTask(work("a", tick));
  loop.callSoon(print, "callback");
  const b = createTask(work("b", tick));
  print("created in", tick(), a.done(), b.done());
  await sleep(0);
  print("main in", tick(), a.done(), a.result(), b.result());
}
