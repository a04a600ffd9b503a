// What a drain is told when the connection is lost, before, meanwhile and after.

import type { Coroutine, CoroutineGenerator } from "asyncio-ts";
import {
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  OSError,
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

  for (const error of [null, new OSError("reset")]) {
    const tick = ticks(getRunningLoop());
    const { writer, protocol } = connect();
    protocol.pauseWriting();
    const drains = [..."ab"].map((name) => createTask(wait(name, writer.drain(), tick)));
    yield* sleep(0);
    yield* sleep(0);
    protocol.connectionLost(error);
    yield* gather(drains);
    yield* wait("later", writer.drain(), tick);
  }
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

  for (const error of [null, new OSError("reset")]) {
    const tick = ticks(getRunningLoop());
    const { writer, protocol } = connect();
    protocol.pauseWriting();
    const drains = [..."ab"].map((name) => createTask(wait(name, writer.drain(), tick)));
    await sleep(0);
    await sleep(0);
    protocol.connectionLost(error);
    await gather(drains);
    await wait("later", writer.drain(), tick);
  }
}
