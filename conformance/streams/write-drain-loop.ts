// A loop of write() and drain() ends when the connection is closed meanwhile.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, StreamReader, StreamReaderProtocol, StreamWriter, sleep } from "asyncio-ts";
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

  const loop = getRunningLoop();
  const { writer } = connect();
  loop.callLater(1, () => writer.close());
  let rounds = 0;
  try {
    while (true) {
      writer.write("more");
      yield* writer.drain();
      rounds += 1;
      yield* sleep(0.3);
    }
  } catch (error) {
    print(rounds, show(error));
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

  const loop = getRunningLoop();
  const { writer } = connect();
  loop.callLater(1, () => writer.close());
  let rounds = 0;
  try {
    while (true) {
      writer.write("more");
      await writer.drain();
      rounds += 1;
      await sleep(0.3);
    }
  } catch (error) {
    print(rounds, show(error));
  }
}
