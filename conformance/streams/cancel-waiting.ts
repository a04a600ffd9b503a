// A read that is cancelled while it waits takes nothing.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const read of [
    (r: StreamReader) => r.read(9),
    (r: StreamReader) => r.readExactly(9),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil(";;"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read(reader));
    yield* sleep(0);
    task.cancel();
    yield* sleep(0);
    print(task.cancelled());
    reader.feedData("data;");
    print(text(yield* reader.read(100)));
  }
}

export async function native(print: Print): Promise<void> {
  for (const read of [
    (r: StreamReader) => r.read(9),
    (r: StreamReader) => r.readExactly(9),
    (r: StreamReader) => r.readLine(),
    (r: StreamReader) => r.readUntil(";;"),
  ]) {
    const reader = new StreamReader();
    const task = createTask(read(reader));
    await sleep(0);
    task.cancel();
    await sleep(0);
    print(task.cancelled());
    reader.feedData("data;");
    print(text(await reader.read(100)));
  }
}
