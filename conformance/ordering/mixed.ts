// Which step runs in which iteration when tasks, callbacks, timers and futures meet.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const log: unknown[] = [];

  const worker = coroutine(function* (name: string, steps: number) {
    for (let step = 0; step < steps; step += 1) {
      log.push(`${name}${step}`);
      yield* sleep(0);
    }
    return name;
  });

  function* nested(depth: number): CoroutineGenerator<string> {
    if (depth) return yield* nested(depth - 1);
    yield* sleep(0);
    return "leaf";
  }

  const loop = getRunningLoop();
  const a = createTask(worker("a", 3));
  const b = createTask(worker("b", 2));
  loop.callSoon(() => log.push("soon"));
  const future = loop.createFuture<number>();
  future.addDoneCallback((f) => log.push(`callback ${f.result()}`));
  loop.callLater(0, () => future.setResult(42));
  log.push("main waits");
  log.push(yield* nested(5));
  log.push(yield* gather(a, b, future));
  print(log);
}

export async function native(print: Print): Promise<void> {
  const log: unknown[] = [];

  const worker = coroutine(async (name: string, steps: number) => {
    for (let step = 0; step < steps; step += 1) {
      log.push(`${name}${step}`);
      await sleep(0);
    }
    return name;
  });

  async function nested(depth: number): Promise<string> {
    if (depth) return await nested(depth - 1);
    await sleep(0);
    return "leaf";
  }

  const loop = getRunningLoop();
  const a = createTask(worker("a", 3));
  const b = createTask(worker("b", 2));
  loop.callSoon(() => log.push("soon"));
  const future = loop.createFuture<number>();
  future.addDoneCallback((f) => log.push(`callback ${f.result()}`));
  loop.callLater(0, () => future.setResult(42));
  log.push("main waits");
  log.push(await nested(5));
  log.push(await gather(a, b, future));
  print(log);
}
