// asyncio-ts, a server of streams; with "native" its handlers are async functions.
import process from "node:process";
import { run, startServer } from "asyncio-ts";
import { identity } from "../measure.mjs";

const handlers = {
  *generator(reader, writer) {
    while (true) {
      const data = yield* reader.read(1_000_000);
      if (data.length === 0) break;
      writer.write(data);
      yield* writer.drain();
    }
    writer.close();
  },
  async native(reader, writer) {
    while (true) {
      const data = await reader.read(1_000_000);
      if (data.length === 0) break;
      writer.write(data);
      await writer.drain();
    }
    writer.close();
  },
};

const [, variant = "generator"] = process.argv[2].split(":");

await run(function* () {
  const options = { backlog: 1000, ssl: identity() };
  const server = yield* startServer(handlers[variant], "127.0.0.1", 0, options);
  console.log(JSON.stringify({ port: server.sockets[0].getSockName()[1], pid: process.pid }));
  yield* server.serveForever();
});
