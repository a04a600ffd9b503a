// An echo server and its clients on streams, the server once in each kind of coroutine.

import type { StreamReader, StreamWriter } from "asyncio-ts";
import * as asyncio from "asyncio-ts";

async function echo(reader: StreamReader, writer: StreamWriter) {
  for await (const line of reader) {
    writer.write(line);
    await writer.drain(); // waits while the client does not read
  }
  writer.close();
}

function* echoByGenerator(reader: StreamReader, writer: StreamWriter) {
  while (true) {
    const line = yield* reader.readLine();
    if (line.length === 0) break; // the end of the stream
    writer.write(line);
    yield* writer.drain();
  }
  writer.close();
}

const client = asyncio.coroutine(async (port: number, name: string) => {
  const [reader, writer] = await asyncio.openConnection("127.0.0.1", port);
  const answers: string[] = [];
  for (const word of ["hello", "from", name]) {
    writer.write(`${word}\n`);
    answers.push(new TextDecoder().decode(await reader.readLine()).trim());
  }
  writer.close();
  await writer.waitClosed();
  return answers.join(" ");
});

const main = asyncio.coroutine(async () => {
  for (const handler of [echo, echoByGenerator]) {
    const server = await asyncio.startServer(handler, "127.0.0.1", 0);
    const [, port] = server.sockets[0]!.getSockName() as [string, number];
    const names = ["Ada", "Grace", "Barbara"];
    const answers = await asyncio.gather(...names.map((name) => client(port, name)));
    console.log(`${handler.name}:`, answers);
    server.close();
    await server.waitClosed();
  }
});

await asyncio.run(main());
