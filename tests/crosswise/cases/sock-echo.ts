import { once } from "node:events";
import net from "node:net";
import { type EventLoop, getRunningLoop } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { digest, pattern, text } from "../serving.ts";

async function receive(loop: EventLoop, connection: net.Socket, size: number): Promise<Uint8Array> {
  const data = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const piece = await loop.sockRecv(connection, Math.min(4096, size - at));
    if (piece.length === 0) return data.subarray(0, at);
    data.set(piece, at);
    at += piece.length;
  }
  return data;
}

export async function server({ print, ready }: Stage): Promise<void> {
  const loop = getRunningLoop();
  const listening = net.createServer().listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { address: host, port } = listening.address() as net.AddressInfo;
  ready([host, port]);
  const [connection, address] = await loop.sockAccept<net.Socket>(listening);
  print("accepted", address![0]);
  print("head", text(await receive(loop, connection, 5)));
  const body = await receive(loop, connection, 3_000_000);
  print("body", body.length, digest(body));
  print("end", (await loop.sockRecv(connection, 10)).length);
  await loop.sockSendAll(connection, body.toReversed());
  connection.end();
  print("end", (await loop.sockRecv(connection, 10)).length);
  connection.destroySoon();
  listening.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const loop = getRunningLoop();
  const connection = new net.Socket();
  await loop.sockConnect(connection, where);
  await loop.sockSendAll(connection, Buffer.concat([Buffer.from("head:"), pattern(3_000_000)]));
  connection.end();
  const memory = new Uint8Array(3_000_000);
  let at = 0;
  while (at < memory.length) {
    const count = await loop.sockRecvInto(connection, memory.subarray(at));
    if (count === 0) break;
    at += count;
  }
  print("answer", at, digest(memory));
  print("end", (await loop.sockRecv(connection, 10)).length);
  connection.destroy();
}
