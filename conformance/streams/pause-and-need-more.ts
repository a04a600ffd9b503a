// A read that needs more than the limits allow resumes the transport while it waits.

import type { CoroutineGenerator, LimitOverrunError } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text, Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const make of [
    (r: StreamReader) => r.readExactly(9),
    (r: StreamReader) => r.read(),
    (r: StreamReader) => r.readUntil("8"),
  ]) {
    const reader = new StreamReader({ limit: 2 });
    reader.setTransport(new Wire(print));
    reader.feedData("01234");
    const task = createTask(make(reader));
    for (const piece of ["5", "6", "78"]) {
      yield* sleep(0);
      yield* sleep(0);
      print("feed");
      reader.feedData(piece);
    }
    yield* sleep(0);
    reader.feedEof();
    try {
      print(text(yield* task));
    } catch (error) {
      print(show(error), (error as LimitOverrunError).consumed);
    }
  }
}

export async function native(print: Print): Promise<void> {
  for (const make of [
    (r: StreamReader) => r.readExactly(9),
    (r: StreamReader) => r.read(),
    (r: StreamReader) => r.readUntil("8"),
  ]) {
    const reader = new StreamReader({ limit: 2 });
    reader.setTransport(new Wire(print));
    reader.feedData("01234");
    const task = createTask(make(reader));
    for (const piece of ["5", "6", "78"]) {
      await sleep(0);
      await sleep(0);
      print("feed");
      reader.feedData(piece);
    }
    await sleep(0);
    reader.feedEof();
    try {
      print(text(await task));
    } catch (error) {
      print(show(error), (error as LimitOverrunError).consumed);
    }
  }
}
