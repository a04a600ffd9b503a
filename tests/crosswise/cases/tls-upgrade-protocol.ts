import {
  type Future,
  getRunningLoop,
  OSError,
  Protocol,
  Queue,
  SslCertVerificationError,
  type Transport,
} from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { clientContext, serverContext } from "../certificates.ts";
import { text } from "../serving.ts";

class Upgrading extends Protocol {
  readonly done: Future<string> = getRunningLoop().createFuture();
  readonly received: Queue<string> = new Queue();
  transport!: Transport;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: Transport): void {
    this.print("made");
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.received.putNowait(text(data));
  }

  override connectionLost(error: unknown): void {
    this.done.setResult(error === null ? "NoneType" : pythonName(error as Error));
  }
}

function pythonName(error: Error): string {
  return error.name.replace(/^Ssl/, "SSL");
}

export async function server({ print, ready }: Stage): Promise<void> {
  const loop = getRunningLoop();
  const queue = new Queue<Upgrading>();
  const make = (): Upgrading => {
    const protocol = new Upgrading(print);
    queue.putNowait(protocol);
    return protocol;
  };
  const listening = await loop.createServer(make, "127.0.0.1", 0);
  ready(listening.sockets[0]!.getSockName() as Where);
  for (let i = 0; i < 2; i++) {
    const protocol = await queue.get();
    print(await protocol.received.get());
    protocol.transport.write("go ahead");
    let transport: Transport;
    try {
      transport = await loop.startTls(protocol.transport, protocol, serverContext(), { serverSide: true });
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      print("no upgrade");
      await protocol.done;
      continue;
    }
    print(transport.getProtocol() === protocol);
    print(await protocol.received.get());
    transport.close();
    print(await protocol.done);
  }
  listening.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const loop = getRunningLoop();
  for (const serverHostname of ["example.org", "localhost"]) {
    const [transport, protocol] = await loop.createConnection(() => new Upgrading(print), ...where);
    transport.write("upgrade?");
    print(await protocol.received.get());
    let secure: Transport;
    try {
      secure = await loop.startTls(transport, protocol, clientContext(), { serverHostname });
    } catch (error) {
      if (!(error instanceof SslCertVerificationError)) throw error;
      print(error.reason, await protocol.done);
      continue;
    }
    print(secure.getProtocol() === protocol, secure.getExtraInfo("cipher")![1]);
    secure.write("secret");
    print(await protocol.done);
  }
}
