import { type Future, getRunningLoop, openConnection, Protocol, type Transport } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { close, serveProtocol, text } from "../serving.ts";

class Greeter extends Protocol {
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
    this.print("greeter", text(data));
    const counter = new Counter(this.print, this);
    this.transport.setProtocol(counter);
    this.print(this.transport.getProtocol() === counter);
    this.transport.write("switched");
  }
}

class Counter extends Protocol {
  private count: number = 0;
  private readonly print: Print;
  private readonly greeter: Greeter;

  constructor(print: Print, greeter: Greeter) {
    super();
    this.print = print;
    this.greeter = greeter;
  }

  override dataReceived(data: Uint8Array): void {
    this.count += data.length;
  }

  override eofReceived(): void {
    this.print("counter", this.count);
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.greeter.done.setResult();
  }
}

export async function server(stage: Stage): Promise<void> {
  await serveProtocol(() => new Greeter(stage.print), stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  writer.write("hello");
  print(text(await reader.readExactly(8)));
  writer.write(new Uint8Array(500_000).fill(120));
  await close(writer);
}
