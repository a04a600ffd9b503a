// A proxy: every connection is passed on to another server. Both directions end on their own (half-close), a slow reader
// on one side slows the writer on the other, and whatever goes wrong closes both connections.

import type { StreamReader, StreamWriter } from "asyncio-ts";
import * as asyncio from "asyncio-ts";

/** Passes bytes on until the end, and then the end itself. */
const pipe = asyncio.coroutine(async (from: StreamReader, to: StreamWriter) => {
  let bytes = 0;
  while (true) {
    const data = await from.read(65_536);
    if (data.length === 0) break;
    bytes += data.length;
    to.write(data);
    await to.drain();
  }
  if (to.canWriteEof()) to.writeEof();
  return bytes;
});

function proxyTo(host: string, port: number) {
  return async (reader: StreamReader, writer: StreamWriter) => {
    try {
      const [targetReader, targetWriter] = await asyncio.timeout(5, () => asyncio.openConnection(host, port));
      try {
        const [up, down] = await asyncio.taskGroup(async (group) => {
          const up = group.createTask(pipe(reader, targetWriter));
          const down = group.createTask(pipe(targetReader, writer));
          return [await up, await down] as const;
        });
        console.log(`proxy: ${up} bytes up, ${down} bytes down`);
      } finally {
        targetWriter.close();
      }
    } finally {
      writer.close();
    }
  };
}

/** The server behind: answers when the client has said all, with the number of bytes and the bytes in capitals. */
async function shout(reader: StreamReader, writer: StreamWriter) {
  const text = new TextDecoder().decode(await reader.read());
  writer.write(`${text.length}:${text.toUpperCase()}`);
  writer.close();
}

const main = asyncio.coroutine(async () => {
  const target = await asyncio.startServer(shout, "127.0.0.1", 0);
  const [host, targetPort] = target.sockets[0]!.getSockName() as [string, number];
  const proxy = await asyncio.startServer(proxyTo(host, targetPort), "127.0.0.1", 0);
  const [, port] = proxy.sockets[0]!.getSockName() as [string, number];

  for (const text of ["hello", "a".repeat(1_000_000)]) {
    const [reader, writer] = await asyncio.openConnection("127.0.0.1", port);
    writer.write(text);
    writer.writeEof();
    const answer = new TextDecoder().decode(await reader.read());
    console.log(`client: ${answer.slice(0, 20)}`);
    writer.close();
    await writer.waitClosed();
  }

  for (const server of [proxy, target]) {
    server.close();
    await server.waitClosed();
  }
});

await asyncio.run(main());
