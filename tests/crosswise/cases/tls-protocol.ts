import { type Future, getRunningLoop, Protocol, type Transport } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { clientContext, serverContext } from "../certificates.ts";
import { text } from "../serving.ts";

class Logging extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  protected transport!: Transport;
  private received: string = "";
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    this.print("made", transport.isClosing(), transport.canWriteEof());
  }

  override dataReceived(data: Uint8Array): void {
    this.received += text(data);
    if (!this.received.endsWith(".")) return;
    this.print("data", this.received);
    this.answer();
  }

  protected answer(): void {
    this.transport.write("good ");
    this.transport.writeLines(["b", "y", "e."]);
    this.transport.close();
    this.print("closing", this.transport.isClosing());
  }

  override eofReceived(): void {
    if (!this.transport.isClosing()) this.print("eof");
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.done.setResult();
  }
}

class Asking extends Logging {
  protected override answer(): void {}
}

export async function server({ print, ready }: Stage): Promise<void> {
  const protocol = new Logging(print);
  const options = { ssl: serverContext() };
  const listening = await getRunningLoop().createServer(() => protocol, "127.0.0.1", 0, options);
  ready(listening.sockets[0]!.getSockName() as Where);
  await protocol.done;
  listening.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const options = { ssl: clientContext(), serverHostname: "localhost" };
  const [transport, protocol] = await getRunningLoop().createConnection(() => new Asking(print), ...where, options);
  transport.write("hello");
  transport.write(" world.");
  await protocol.done;
}
