// What a writer hands to its transport.

import type { CoroutineGenerator } from "asyncio-ts";
import { getRunningLoop, StreamReader, StreamReaderProtocol, StreamWriter } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text, Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const connect = () => {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    return { reader, writer: new StreamWriter(wire, protocol, reader, getRunningLoop()), wire, protocol };
  };

  const { reader, writer, wire } = connect();
  wire.info = { peername: "somebody" };
  writer.write("one");
  writer.writeLines(["two", "three"]);
  print(writer.canWriteEof(), writer.isClosing());
  writer.writeEof();
  print(writer.getExtraInfo("peername"), writer.getExtraInfo("nothing"), writer.getExtraInfo("nothing", "default"));
  print(writer.transport === wire);
  writer.close();
  print(writer.isClosing());
  yield* writer.waitClosed();
  print(text(yield* reader.read()));
}

export async function native(print: Print): Promise<void> {
  const connect = () => {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol);
    protocol.connectionMade(wire);
    return { reader, writer: new StreamWriter(wire, protocol, reader, getRunningLoop()), wire, protocol };
  };

  const { reader, writer, wire } = connect();
  wire.info = { peername: "somebody" };
  writer.write("one");
  writer.writeLines(["two", "three"]);
  print(writer.canWriteEof(), writer.isClosing());
  writer.writeEof();
  print(writer.getExtraInfo("peername"), writer.getExtraInfo("nothing"), writer.getExtraInfo("nothing", "default"));
  print(writer.transport === wire);
  writer.close();
  print(writer.isClosing());
  await writer.waitClosed();
  print(text(await reader.read()));
}
