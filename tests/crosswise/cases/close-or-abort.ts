import {
  ConnectionResetError,
  type CoroutineGenerator,
  type Future,
  getRunningLoop,
  openConnection,
  Protocol,
  sleep,
  type Transport,
} from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { digest, pattern, text } from "../serving.ts";

const SIZE = 20_000_000;

class Sender extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private transport!: Transport;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    const thousand = pattern(1000);
    const all = new Uint8Array(SIZE);
    for (let at = 0; at < SIZE; at += 1000) all.set(thousand, at);
    this.transport.write(all);
    this.print("buffered", this.transport.getWriteBufferSize() > 0);
    if (text(data) === "close") this.transport.close();
    else this.transport.abort();
    this.print("closing", this.transport.isClosing());
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.done.setResult();
  }
}

export function* server({ print, ready }: Stage): CoroutineGenerator<void> {
  const protocols = [new Sender(print), new Sender(print)];
  const waiting = [...protocols];
  const server = yield* getRunningLoop().createServer(() => waiting.shift()!, "127.0.0.1", 0);
  ready(server.sockets[0]!.getSockName() as Where);
  for (const protocol of protocols) yield* protocol.done;
  server.close();
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  for (const how of ["close", "abort"]) {
    const [reader, writer] = yield* openConnection(...where);
    writer.write(how);
    yield* sleep(0.05);
    try {
      const data = yield* reader.read();
      print(how, data.length === SIZE ? digest(data) : "not all");
    } catch (error) {
      if (!(error instanceof ConnectionResetError)) throw error;
      print(how, "not all");
    }
    writer.close();
  }
}
