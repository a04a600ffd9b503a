import { type Future, getRunningLoop, openConnection, Protocol, type Transport } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { close, text } from "../serving.ts";

class Ending extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private transport!: Transport;
  private readonly print: Print;
  private readonly keepsOpen: boolean;

  constructor(print: Print, keepsOpen: boolean) {
    super();
    this.print = print;
    this.keepsOpen = keepsOpen;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.print("data", text(data));
  }

  override eofReceived(): boolean {
    this.print("eof", this.transport.isClosing());
    if (this.keepsOpen) getRunningLoop().callLater(0.01, () => this.finish());
    else this.transport.write("bye");
    return this.keepsOpen;
  }

  private finish(): void {
    this.print("later", this.transport.isClosing());
    this.transport.write("good bye");
    this.transport.close();
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.done.setResult();
  }
}

export async function server({ print, ready }: Stage): Promise<void> {
  const protocols = [new Ending(print, false), new Ending(print, true)];
  const waiting = [...protocols];
  const server = await getRunningLoop().createServer(() => waiting.shift()!, "127.0.0.1", 0);
  ready(server.sockets[0]!.getSockName() as Where);
  for (const protocol of protocols) await protocol.done;
  server.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  for (let i = 0; i < 2; i++) {
    const [reader, writer] = await openConnection(...where);
    writer.write("last words");
    writer.writeEof();
    print(text(await reader.read()));
    await close(writer);
  }
}
