// "An event loop is responsible for getting items from an event queue and handling it. Examples of events: change of
// file state, timeout occurring, new data at network socket." One server, one thread, all three.

import { watch } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as asyncio from "asyncio-ts";

class Lines extends asyncio.Protocol {
  readonly #handle: (line: string) => void;
  #rest = "";

  constructor(handle: (line: string) => void) {
    super();
    this.#handle = handle;
  }

  override dataReceived(data: Uint8Array): void {
    const lines = (this.#rest + new TextDecoder().decode(data)).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) this.#handle(line);
  }
}

const loop = asyncio.newEventLoop();
asyncio.setEventLoop(loop);
const folder = await mkdtemp(join(tmpdir(), "events-"));
const seen = new Set<string>();

function handle(event: string): void {
  if (seen.has(event)) return; // file systems like to say things twice
  seen.add(event);
  console.log("event:", event);
  next();
}

// New data at a network socket.
const server = await loop.runUntilComplete(
  loop.createServer(() => new Lines((line) => handle(`new data at a socket: ${line}`)), "127.0.0.1", 0),
);
// Change of file state.
const watcher = watch(folder, () => void loop.callSoonThreadsafe(handle, "change of file state"));
// Timeout occurring: set below.

// The world outside, which makes one event after the other.
const world = [
  () => void loop.callLater(0.1, handle, "timeout occurring"),
  async () => {
    const [, port] = server.sockets[0]!.getSockName() as [string, number];
    const [, writer] = await asyncio.openConnection("127.0.0.1", port);
    writer.write("hello\n");
    writer.close();
  },
  () => void writeFile(join(folder, "file.txt"), "changed"),
  () => loop.stop(),
];

function next(): void {
  const make = world.shift()!;
  loop.createTask(async () => make());
}

next();
await loop.runForever();

watcher.close();
server.close();
await loop.runUntilComplete(server.waitClosed());
loop.close();
await rm(folder, { recursive: true });
