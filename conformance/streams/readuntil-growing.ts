// When a search that goes on gives up, by the lengths of its separators.

import type { CoroutineGenerator, LimitOverrunError } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const separators of [["\n"], ["ABC"], ["x", "ABCDE"]]) {
    const reader = new StreamReader({ limit: 4 });
    const task = createTask(reader.readUntil(separators));
    let fed = 0;
    while (!task.done()) {
      reader.feedData("-");
      fed += 1;
      yield* sleep(0);
      yield* sleep(0);
    }
    print(fed, show(task.exception()), (task.exception() as LimitOverrunError).consumed);
    const other = new StreamReader({ limit: 4 });
    const otherTask = createTask(other.readUntil(separators));
    yield* sleep(0);
    for (const byte of `1234${separators.at(-1)}`) {
      other.feedData(byte);
      yield* sleep(0);
    }
    yield* sleep(0);
    print(text(otherTask.result()));
  }
}

export async function native(print: Print): Promise<void> {
  for (const separators of [["\n"], ["ABC"], ["x", "ABCDE"]]) {
    const reader = new StreamReader({ limit: 4 });
    const task = createTask(reader.readUntil(separators));
    let fed = 0;
    while (!task.done()) {
      reader.feedData("-");
      fed += 1;
      await sleep(0);
      await sleep(0);
    }
    print(fed, show(task.exception()), (task.exception() as LimitOverrunError).consumed);
    const other = new StreamReader({ limit: 4 });
    const otherTask = createTask(other.readUntil(separators));
    await sleep(0);
    for (const byte of `1234${separators.at(-1)}`) {
      other.feedData(byte);
      await sleep(0);
    }
    await sleep(0);
    print(text(otherTask.result()));
  }
}
