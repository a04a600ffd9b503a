// After the peer's end a plain connection stays open for writing; one over TLS does not.

import type { CoroutineGenerator } from "asyncio-ts";
import { StreamReader, StreamReaderProtocol } from "asyncio-ts";
import type { Print } from "../twin.ts";
import { text, Wire } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const info of [{}, { sslContext: "some" }]) {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol, info);
    protocol.connectionMade(wire);
    protocol.dataReceived(new TextEncoder().encode("bye"));
    print(protocol.eofReceived());
    print(text(yield* reader.read()), reader.atEof());
  }
}

export async function native(print: Print): Promise<void> {
  for (const info of [{}, { sslContext: "some" }]) {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    const wire = new Wire(print, protocol, info);
    protocol.connectionMade(wire);
    protocol.dataReceived(new TextEncoder().encode("bye"));
    print(protocol.eofReceived());
    print(text(await reader.read()), reader.atEof());
  }
}
