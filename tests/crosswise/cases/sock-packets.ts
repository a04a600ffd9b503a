import dgram from "node:dgram";
import { type Address, createTask, getRunningLoop, sleep } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { text } from "../serving.ts";

async function bound(): Promise<dgram.Socket> {
  const socket = dgram.createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return socket;
}

export async function server({ print, ready }: Stage): Promise<void> {
  const loop = getRunningLoop();
  const here = await bound();
  const waiting = createTask(loop.sockRecvFrom(here, 100));
  await sleep(0);
  ready([here.address().address, here.address().port]);
  const [data, from] = await waiting;
  print("got", text(data), from![0]);
  print("sent", await loop.sockSendTo(here, data.toReversed(), from));
  const memory = new Uint8Array(3);
  const [count, again] = await loop.sockRecvFromInto(here, memory);
  print("cut off", count, text(memory));
  print("sent", await loop.sockSendTo(here, "", again));
  here.close();
}

export async function client({ print }: Stage, where: Address & object): Promise<void> {
  const loop = getRunningLoop();
  const here = await bound();
  const answer = createTask(loop.sockRecv(here, 100));
  print("sent", await loop.sockSendTo(here, "hello", where));
  print("got", text(await answer));
  await loop.sockConnect(here, where);
  await loop.sockSendAll(here, "too long");
  print("got", (await loop.sockRecv(here, 100)).length);
  here.close();
}
