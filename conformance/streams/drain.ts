// asyncio's test_multiple_drain: drains wait together while writing is paused.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import {
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
} from "asyncio-ts";
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
  const { writer, protocol } = connect();
  yield* wait("free", writer.drain(), tick);
  protocol.pauseWriting();
  const drains = [..."abc"].map((name) => createTask(wait(name, writer.drain(), tick)));
  yield* sleep(0);
  yield* sleep(0);
  drains[1]!.cancel();
  yield* sleep(0);
  print("resume in", tick());
  protocol.resumeWriting();
  yield* gather(drains);
  yield* wait("free", writer.drain(), tick);
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
  const { writer, protocol } = connect();
  await wait("free", writer.drain(), tick);
  protocol.pauseWriting();
  const drains = [..."abc"].map((name) => createTask(wait(name, writer.drain(), tick)));
  await sleep(0);
  await sleep(0);
  drains[1]!.cancel();
  await sleep(0);
  print("resume in", tick());
  protocol.resumeWriting();
  await gather(drains);
  await wait("free", writer.drain(), tick);
}
