// test_task_done: two workers share the work; the sum is right when join() returns.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, gather, Queue, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const worker = coroutine(function* (name: string, queue: Queue) {
    while (true) {
      const item = yield* queue.get();
      if (item === 98) {
        print(name, "has", item);
      }
      yield* sleep(0);
      queue.taskDone();
    }
  });

  const queue = new Queue();
  for (let i = 0; i < 100; i++) {
    queue.putNowait(i);
  }
  const tasks = [createTask(worker("one", queue)), createTask(worker("two", queue))];
  yield* queue.join();
  print(
    String(queue),
    tasks.map((task) => task.done()),
  );
  for (const task of tasks) {
    task.cancel();
  }
  try {
    yield* gather(tasks);
  } catch (error) {
    print(show(error));
  }
}

export async function native(print: Print): Promise<void> {
  const worker = coroutine(async (name: string, queue: Queue) => {
    while (true) {
      const item = await queue.get();
      if (item === 98) {
        print(name, "has", item);
      }
      await sleep(0);
      queue.taskDone();
    }
  });

  const queue = new Queue();
  for (let i = 0; i < 100; i++) {
    queue.putNowait(i);
  }
  const tasks = [createTask(worker("one", queue)), createTask(worker("two", queue))];
  await queue.join();
  print(
    String(queue),
    tasks.map((task) => task.done()),
  );
  for (const task of tasks) {
    task.cancel();
  }
  try {
    await gather(tasks);
  } catch (error) {
    print(show(error));
  }
}
