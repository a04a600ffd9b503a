// A message broker with topics. Clients send lines: `SUB topic`, `PUB topic text`. The hard part is a consumer that is
// slower than the producers. Waiting for it would stop everybody; buffering for it would fill the memory. Here each
// subscriber has a mailbox of fixed size; when it overflows, the oldest message goes, and the subscriber is told how many
// it has missed: `LOST n`.

import type { StreamReader, StreamWriter } from "asyncio-ts";
import * as asyncio from "asyncio-ts";

const MAILBOX = 100;

class Subscriber {
  readonly #mailbox = new asyncio.Queue<string>(MAILBOX);
  #lost = 0;

  /** Never waits: a producer does not pay for a slow consumer. */
  offer(message: string): void {
    if (this.#mailbox.full()) {
      this.#mailbox.getNowait();
      this.#lost++;
    }
    this.#mailbox.putNowait(message);
  }

  /** Sends what is in the mailbox, as fast as the client reads. */
  deliver = async (writer: StreamWriter) => {
    while (true) {
      const message = await this.#mailbox.get();
      if (this.#lost > 0) {
        writer.write(`LOST ${this.#lost}\n`);
        this.#lost = 0;
      }
      writer.write(message);
      await writer.drain();
    }
  };
}

class Broker {
  readonly #topics = new Map<string, Set<Subscriber>>();

  serve = async (reader: StreamReader, writer: StreamWriter) => {
    const subscriber = new Subscriber();
    try {
      await asyncio.taskGroup(async (group) => {
        group.createTask(() => subscriber.deliver(writer));
        for await (const line of reader) {
          const answer = this.#obey(new TextDecoder().decode(line).trim(), subscriber);
          writer.write(answer);
          await writer.drain();
        }
        group.cancel(); // The client has hung up: nobody is left to deliver to.
      });
    } finally {
      for (const subscribers of this.#topics.values()) subscribers.delete(subscriber);
      writer.close();
    }
  };

  #obey(command: string, subscriber: Subscriber): string {
    const [verb, topic, ...words] = command.split(" ");
    if (topic === undefined || topic === "") return `ERROR no topic in ${JSON.stringify(command)}\n`;
    const subscribers = this.#topics.get(topic) ?? new Set();
    switch (verb) {
      case "SUB":
        this.#topics.set(topic, subscribers.add(subscriber));
        return `OK ${topic}\n`;
      case "PUB":
        for (const each of subscribers) each.offer(`${topic} ${words.join(" ")}\n`);
        return `OK ${subscribers.size}\n`;
      default:
        return `ERROR unknown command ${verb}\n`;
    }
  }
}

const connect = asyncio.coroutine(async (port: number, command: string) => {
  const [reader, writer] = await asyncio.openConnection("127.0.0.1", port);
  const ask = asyncio.coroutine(async (line: string) => {
    writer.write(`${line}\n`);
    return new TextDecoder().decode(await reader.readLine()).trim();
  });
  console.log(`${command}: ${await ask(command)}`);
  return { reader, writer, ask };
});

/** Reads until the last message and tells how many came, and how many the broker says were lost. */
const consume = asyncio.coroutine(async (reader: StreamReader, last: string) => {
  let received = 0;
  let lost = 0;
  for await (const line of reader) {
    const text = new TextDecoder().decode(line).trim();
    if (text.startsWith("LOST ")) lost += Number(text.slice(5));
    else received++;
    if (text.startsWith(last)) break;
  }
  return { received, lost };
});

const main = asyncio.coroutine(async () => {
  const server = await asyncio.startServer(new Broker().serve, "127.0.0.1", 0);
  const [, port] = server.sockets[0]!.getSockName() as [string, number];

  const quick = await connect(port, "SUB news");
  const slow = await connect(port, "SUB news");
  const producer = await connect(port, "HELLO");

  // 2,000 messages of 10 KB: more than the sockets' buffers take for a client that does not read.
  const messages = 2_000;
  const padding = "x".repeat(10_000);
  const reading = asyncio.createTask(consume(quick.reader, `news ${messages}`));
  for (let i = 1; i <= messages; i++) await producer.ask(`PUB news ${i} ${padding}`);

  const fast = await reading;
  console.log(`the quick consumer has got all: ${fast.received === messages}`);
  const late = await consume(slow.reader, `news ${messages}`);
  console.log(`the slow one was told what it has missed: ${late.lost > 0 && late.received + late.lost === messages}`);
  console.log(await producer.ask("PUB weather sunny"));

  for (const { writer } of [quick, slow, producer]) writer.close();
  server.close();
  await server.waitClosed();
});

await asyncio.run(main());
