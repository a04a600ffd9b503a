import { type Future, getRunningLoop, Protocol, type Transport } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { serveProtocol } from "../serving.ts";

const PIECE = "x".repeat(100_000);

/** Reads nothing until its peer has been held back. */
class Reader extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private transport!: Transport;
  private size: number = 0;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    transport.pauseReading();
    transport.pauseReading();
    this.print("reading", transport.isReading());
    getRunningLoop().callLater(0.1, () => this.goOn());
  }

  private goOn(): void {
    this.print("nothing yet", this.size);
    this.transport.resumeReading();
    this.print("reading", this.transport.isReading());
  }

  override dataReceived(data: Uint8Array): void {
    this.size += data.length;
  }

  override connectionLost(error: unknown): void {
    this.print("got", this.size % PIECE.length, error);
    this.done.setResult();
  }
}

class Writer extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private transport!: Transport;
  private paused: boolean = false;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    transport.setWriteBufferLimits({ high: 200_000, low: 50_000 });
    this.print(...transport.getWriteBufferLimits());
    while (!this.paused) transport.write(PIECE);
  }

  override pauseWriting(): void {
    this.paused = true;
    this.print("pause", this.transport.getWriteBufferSize() > 200_000);
  }

  override resumeWriting(): void {
    this.print("resume", this.transport.getWriteBufferSize() <= 50_000);
    this.transport.close();
  }

  override connectionLost(): void {
    this.done.setResult();
  }
}

export async function server(stage: Stage): Promise<void> {
  await serveProtocol(() => new Reader(stage.print), stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [transport, protocol] = await getRunningLoop().createConnection(() => new Writer(print), ...where);
  await protocol.done;
  for (const limits of [{ high: 10 }, { low: 10 }, {}, { high: 0 }, { high: 1, low: 2 }]) {
    try {
      transport.setWriteBufferLimits(limits);
      print(...transport.getWriteBufferLimits());
    } catch (error) {
      print((error as Error).message);
    }
  }
}
