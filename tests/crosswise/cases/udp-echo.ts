import { type Address, DatagramProtocol, type DatagramTransport, type Future, getRunningLoop, Queue } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { text } from "../serving.ts";

class Echo extends DatagramProtocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private transport!: DatagramTransport;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override connectionMade(transport: DatagramTransport): void {
    this.transport = transport;
  }

  override datagramReceived(data: Uint8Array, from: Address): void {
    this.print("from", from![0], text(data.subarray(0, 20)), data.length);
    this.transport.sendTo(text(data).toUpperCase(), from);
    if (text(data) === "bye") this.transport.close();
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.done.setResult();
  }
}

class Client extends DatagramProtocol {
  readonly packets: Queue<Uint8Array> = new Queue();
  readonly done: Future<unknown> = getRunningLoop().createFuture();

  override datagramReceived(data: Uint8Array): void {
    this.packets.putNowait(data);
  }

  override connectionLost(error: unknown): void {
    this.done.setResult(error);
  }
}

export async function server({ print, ready }: Stage): Promise<void> {
  const loop = getRunningLoop();
  const options = { localAddr: ["127.0.0.1", 0] } as const;
  const [transport, protocol] = await loop.createDatagramEndpoint(() => new Echo(print), options);
  print(transport.getExtraInfo("peername"));
  ready(transport.getExtraInfo("sockname") as [string, number]);
  await protocol.done;
  print(transport.isClosing());
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const loop = getRunningLoop();
  const [transport, protocol] = await loop.createDatagramEndpoint(() => new Client(), { remoteAddr: where });
  print(String(transport.getExtraInfo("peername")) === String(where));
  for (const word of ["hello", "x".repeat(9000), "bye"]) {
    transport.sendTo(word, word === "hello" ? where : null);
    const answer = await protocol.packets.get();
    print(text(answer.subarray(0, 20)), answer.length);
  }
  try {
    transport.sendTo("elsewhere", ["127.0.0.1", 9]);
  } catch (error) {
    print((error as Error).message.startsWith("Invalid address: must be"));
  }
  transport.close();
  print("lost", await protocol.done);
}
