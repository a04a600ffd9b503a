import { type Address, DatagramProtocol, type DatagramTransport, type Future, getRunningLoop } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { text } from "../serving.ts";

const COUNT = 20;

class Collector extends DatagramProtocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private readonly heard: Map<string, [word: string, from: Address]> = new Map();
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
    this.heard.set(String(from), [text(data), from]);
    if (this.heard.size < COUNT) return;
    const all = [...this.heard.values()].sort(([a], [b]) => Number(a) - Number(b));
    for (const [place, [word, each]] of all.entries()) {
      this.print(word, each![0]);
      this.transport.sendTo(`${place} ${word}`, each);
    }
    this.transport.close();
  }

  override connectionLost(): void {
    this.done.setResult();
  }
}

class Peer extends DatagramProtocol {
  readonly answer: Future<[string, Address]> = getRunningLoop().createFuture();

  override datagramReceived(data: Uint8Array, from: Address): void {
    this.answer.setResult([text(data), from]);
  }
}

export async function server({ print, ready }: Stage): Promise<void> {
  const loop = getRunningLoop();
  const options = { localAddr: ["127.0.0.1", 0] } as const;
  const [transport, protocol] = await loop.createDatagramEndpoint(() => new Collector(print), options);
  ready(transport.getExtraInfo("sockname") as [string, number]);
  await protocol.done;
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const loop = getRunningLoop();
  const peers: [DatagramTransport, Peer][] = [];
  for (let i = 0; i < COUNT; i++) {
    peers.push(await loop.createDatagramEndpoint(() => new Peer(), { localAddr: ["127.0.0.1", 0] }));
  }
  for (const [number, [transport]] of peers.entries()) transport.sendTo(String(number), where);
  for (const [transport, peer] of peers) {
    const [word, from] = await peer.answer;
    print(word, String(from) === String(where));
    transport.abort();
  }
}
