// asyncio's test_async_writer_api_exception_after_close: a drain on a closing transport takes a turn, then throws.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import { coroutine, getRunningLoop, StreamReader, StreamReaderProtocol, StreamWriter } from "asyncio-ts";
import { type Print, show, ticks } from "../twin.ts";
import { Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const connect = () => {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    return { reader, writer: new StreamWriter(wire, protocol, reader, getRunningLoop()), wire, protocol };
  };

  const wait = coroutine(function* (name: string, waiting: Coroutine<void>, tick: () => number) {
    try {
      yield* waiting;
      print(name, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const { writer } = connect();
  const drain = writer.drain();
  writer.close();
  print("closed in", tick());
  yield* wait("drain", drain, tick);
  yield* wait("drain", writer.drain(), tick);
  yield* wait("closed", writer.waitClosed(), tick);
}

export async function native(print: Print): Promise<void> {
  const connect = () => {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    return { reader, writer: new StreamWriter(wire, protocol, reader, getRunningLoop()), wire, protocol };
  };

  const wait = coroutine(async (name: string, waiting: Coroutine<void>, tick: () => number) => {
    try {
      await waiting;
      print(name, "in", tick());
    } catch (error) {
      print(name, show(error), "in", tick());
    }
  });

  const tick = ticks(getRunningLoop());
  const { writer } = connect();
  const drain = writer.drain();
  writer.close();
  print("closed in", tick());
  await wait("drain", drain, tick);
  await wait("drain", writer.drain(), tick);
  await wait("closed", writer.waitClosed(), tick);
}
