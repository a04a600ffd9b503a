// Fact 91: a shield passes on the inner result, error or cancellation; a done inner future is returned as it is.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, currentTask, getRunningLoop, shield, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (what: string) {
    yield* sleep(1);
    if (what === "fails") throw new RangeError("inner");
    return what;
  });

  const loop = getRunningLoop();
  for (const what of ["returns", "fails", "cancelled"]) {
    const task = createTask(child(what));
    const shielded: Future<string> = shield(task);
    if (what === "cancelled") loop.callLater(0.5, () => task.cancel());
    try {
      print(what, yield* shielded);
    } catch (error) {
      print(what, kind(error), shielded.cancelled(), currentTask()!.cancelling());
    }
    print((shield(task) as Future<string>) === task, shielded === task);
  }
  print(yield* shield(child("a coroutine")), loop.time());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (what: string) => {
    await sleep(1);
    if (what === "fails") throw new RangeError("inner");
    return what;
  });

  const loop = getRunningLoop();
  for (const what of ["returns", "fails", "cancelled"]) {
    const task = createTask(child(what));
    const shielded: Future<string> = shield(task);
    if (what === "cancelled") loop.callLater(0.5, () => task.cancel());
    try {
      print(what, await shielded);
    } catch (error) {
      print(what, kind(error), shielded.cancelled(), currentTask()!.cancelling());
    }
    print((shield(task) as Future<string>) === task, shielded === task);
  }
  print(await shield(child("a coroutine")), loop.time());
}
