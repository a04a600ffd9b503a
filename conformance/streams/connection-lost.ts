// What reading is told when the connection is lost.

import type { CoroutineGenerator } from "asyncio-ts";
import {
  createTask,
  getRunningLoop,
  OSError,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
} from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const connect = () => {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    return { reader, writer: new StreamWriter(wire, protocol, reader, getRunningLoop()), wire, protocol };
  };

  for (const error of [null, new OSError("reset")]) {
    const { reader, protocol } = connect();
    protocol.dataReceived(new TextEncoder().encode("last words"));
    const task = createTask(reader.readExactly(20));
    yield* sleep(0);
    protocol.connectionLost(error);
    print(reader.atEof(), reader.exception() === error);
    try {
      yield* task;
    } catch (caught) {
      print(show(caught));
    }
    print(reader.atEof());
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

  for (const error of [null, new OSError("reset")]) {
    const { reader, protocol } = connect();
    protocol.dataReceived(new TextEncoder().encode("last words"));
    const task = createTask(reader.readExactly(20));
    await sleep(0);
    protocol.connectionLost(error);
    print(reader.atEof(), reader.exception() === error);
    try {
      await task;
    } catch (caught) {
      print(show(caught));
    }
    print(reader.atEof());
  }
}
