// Fact 73: FIRST_EXCEPTION returns at the first failure; cancelled children do not count as one.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, FIRST_EXCEPTION, getRunningLoop, sleep, wait } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const child = coroutine(function* (delay: number, fail: boolean = false) {
    yield* sleep(delay);
    if (fail) throw new RangeError(`at ${delay}`);
  });

  const loop = getRunningLoop();
  const tasks = [createTask(child(1)), createTask(child(2)), createTask(child(3, true)), createTask(child(4))];
  loop.callLater(1.5, () => tasks[1]!.cancel());
  let [done, pending] = yield* wait(tasks, { returnWhen: FIRST_EXCEPTION });
  print(
    tasks.map((task) => done.has(task)),
    loop.time(),
  );
  print(tasks[1]!.cancelled(), show(tasks[2]!.exception()));
  [done, pending] = yield* wait([tasks[3]!, tasks[0]!], { returnWhen: FIRST_EXCEPTION });
  print(done.size, pending.size, loop.time());
}

export async function native(print: Print): Promise<void> {
  const child = coroutine(async (delay: number, fail: boolean = false) => {
    await sleep(delay);
    if (fail) throw new RangeError(`at ${delay}`);
  });

  const loop = getRunningLoop();
  const tasks = [createTask(child(1)), createTask(child(2)), createTask(child(3, true)), createTask(child(4))];
  loop.callLater(1.5, () => tasks[1]!.cancel());
  let [done, pending] = await wait(tasks, { returnWhen: FIRST_EXCEPTION });
  print(
    tasks.map((task) => done.has(task)),
    loop.time(),
  );
  print(tasks[1]!.cancelled(), show(tasks[2]!.exception()));
  [done, pending] = await wait([tasks[3]!, tasks[0]!], { returnWhen: FIRST_EXCEPTION });
  print(done.size, pending.size, loop.time());
}
