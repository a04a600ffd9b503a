// A server's handler: one that returns, one that fails, one that is cancelled.

import type { CoroutineGenerator, StreamWriter, Task } from "asyncio-ts";
import { coroutine, currentTask, getRunningLoop, OSError, StreamReader, StreamReaderProtocol, sleep } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";
import { text, Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const tick = ticks(getRunningLoop());
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print("reported", show(context.exception), "in", tick()));
  const tasks: Task<unknown>[] = [];
  const kept: StreamWriter[] = [];

  const handle = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    kept.push(writer);
    tasks.push(currentTask()!);
    print("begins in", tick());
    const line = text(yield* reader.readLine());
    writer.write(line.toUpperCase());
    if (line === "fail\n") throw new OSError("failed");
  });

  for (const line of ["return\n", "fail\n", "cancel"]) {
    const protocol = new StreamReaderProtocol(new StreamReader(), handle);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    yield* sleep(0);
    protocol.dataReceived(new TextEncoder().encode(line));
    if (line === "cancel") {
      yield* sleep(0);
      tasks.at(-1)!.cancel();
    }
    for (let i = 0; i < 3; i++) yield* sleep(0);
    print(wire.isClosing(), tasks.at(-1)!.done());
  }
}

export async function native(print: Print): Promise<void> {
  const tick = ticks(getRunningLoop());
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print("reported", show(context.exception), "in", tick()));
  const tasks: Task<unknown>[] = [];
  const kept: StreamWriter[] = [];

  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    kept.push(writer);
    tasks.push(currentTask()!);
    print("begins in", tick());
    const line = text(await reader.readLine());
    writer.write(line.toUpperCase());
    if (line === "fail\n") throw new OSError("failed");
  });

  for (const line of ["return\n", "fail\n", "cancel"]) {
    const protocol = new StreamReaderProtocol(new StreamReader(), handle);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    await sleep(0);
    protocol.dataReceived(new TextEncoder().encode(line));
    if (line === "cancel") {
      await sleep(0);
      tasks.at(-1)!.cancel();
    }
    for (let i = 0; i < 3; i++) await sleep(0);
    print(wire.isClosing(), tasks.at(-1)!.done());
  }
}
