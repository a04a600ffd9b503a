import {
  type Address,
  type Coroutine,
  DatagramProtocol,
  type DatagramTransport,
  type Future,
  getRunningLoop,
  Queue,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { text } from "../serving.ts";

class Protocol extends DatagramProtocol {
  readonly packets: Queue<[string, unknown]> = new Queue();
  readonly done: Future<unknown> = getRunningLoop().createFuture();

  override datagramReceived(data: Uint8Array, from: Address): void {
    this.packets.putNowait([text(data), from]);
  }

  override errorReceived(error: unknown): void {
    const { name, message } = error as Error;
    this.packets.putNowait([name, message.replace(/^\[Errno \d+\] /, "")]);
  }

  override connectionLost(error: unknown): void {
    this.done.setResult(error);
  }
}

type Place = readonly [string, number];

function openEndpoint(options: { localAddr?: Place; remoteAddr?: Place }): Coroutine<[DatagramTransport, Protocol]> {
  return getRunningLoop().createDatagramEndpoint(() => new Protocol(), options);
}

export async function server({ print, ready }: Stage): Promise<void> {
  const [transport, protocol] = await openEndpoint({ localAddr: ["127.0.0.1", 0] });
  ready(transport.getExtraInfo("sockname") as [string, number]);
  const [word, from] = await protocol.packets.get();
  print(word);
  transport.close();
  await protocol.done;
  // Only now the client hears that we are here.
  const [answer, answering] = await openEndpoint({ localAddr: ["127.0.0.1", 0] });
  answer.sendTo("closed", from as Address);
  print((await answering.packets.get())[0]);
  answer.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  // Where the server tells that it has closed.
  const [news, told] = await openEndpoint({ localAddr: ["127.0.0.1", 0] });
  news.sendTo("hello", where);
  const [word, from] = await told.packets.get();
  print(word);
  const [transport, protocol] = await openEndpoint({ remoteAddr: where });
  for (let i = 0; i < 2; i++) {
    transport.sendTo("anybody?");
    print(...(await protocol.packets.get()));
  }
  print(transport.isClosing());
  news.sendTo("bye", from as Address);
  transport.close();
  news.close();
  print(await protocol.done, await told.done);
}
