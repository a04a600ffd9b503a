// A chat server: what one says, all others hear. A guest who does not read is shown out instead of being waited for.

import type { StreamReader, StreamWriter } from "asyncio-ts";
import * as asyncio from "asyncio-ts";

const MOST_UNREAD = 1_000_000; // bytes that a guest may be behind

class Room {
  readonly #guests = new Map<string, StreamWriter>();

  /** The life of one guest: from the first line, the name, to the end of the connection. */
  enter = async (reader: StreamReader, writer: StreamWriter) => {
    const name = decode(await reader.readLine()).trim();
    if (name === "" || this.#guests.has(name)) {
      writer.write("* this name is taken\n");
      writer.close();
      return;
    }
    writer.write(`* here are: ${[...this.#guests.keys()].join(", ") || "nobody"}\n`);
    this.#tell(`* ${name} has come\n`);
    this.#guests.set(name, writer);
    try {
      for await (const line of reader) this.#tell(`${name}: ${decode(line)}`, name);
    } finally {
      // However it ends: by a farewell, a broken connection, or because the server closes.
      this.#guests.delete(name);
      this.#tell(`* ${name} has gone\n`);
      writer.close();
    }
  };

  #tell(text: string, except?: string): void {
    for (const [name, writer] of this.#guests) {
      if (name === except) continue;
      if (writer.transport.getWriteBufferSize() > MOST_UNREAD) writer.transport.abort();
      else writer.write(text);
    }
  }
}

/** A guest for the demonstration: says a line when told so, and prints what it hears. */
class Guest {
  readonly #name: string;
  readonly #reader: StreamReader;
  readonly #writer: StreamWriter;

  private constructor(name: string, reader: StreamReader, writer: StreamWriter) {
    this.#name = name;
    this.#reader = reader;
    this.#writer = writer;
  }

  static come = asyncio.coroutine(async (port: number, name: string) => {
    const guest = new Guest(name, ...(await asyncio.openConnection("127.0.0.1", port)));
    guest.say(name);
    await guest.hear();
    return guest;
  });

  say(text: string): void {
    this.#writer.write(`${text}\n`);
  }

  hear = asyncio.coroutine(async () => {
    console.log(`  ${this.#name} hears`, decode(await this.#reader.readLine()).trimEnd());
  });

  leave = asyncio.coroutine(async () => {
    this.#writer.close();
    await this.#writer.waitClosed();
  });
}

function decode(line: Uint8Array): string {
  return new TextDecoder().decode(line);
}

const main = asyncio.coroutine(async () => {
  const server = await asyncio.startServer(new Room().enter, "127.0.0.1", 0);
  const [, port] = server.sockets[0]!.getSockName() as [string, number];

  const ada = await Guest.come(port, "Ada");
  const grace = await Guest.come(port, "Grace");
  await ada.hear();
  ada.say("Good morning!");
  await grace.hear();
  grace.say("Good morning, Ada.");
  await ada.hear();
  await grace.leave();
  await ada.hear();
  await ada.leave();

  server.close();
  await server.waitClosed();
});

await asyncio.run(main());
