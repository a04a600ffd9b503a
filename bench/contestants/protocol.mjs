// asyncio-ts, a server of protocols.
import process from "node:process";
import { getRunningLoop, Protocol, run } from "asyncio-ts";
import { identity } from "../measure.mjs";

class Echo extends Protocol {
  connectionMade(transport) {
    this.transport = transport;
  }
  dataReceived(data) {
    this.transport.write(data);
  }
}

await run(function* () {
  const options = { backlog: 1000, ssl: identity() };
  const server = yield* getRunningLoop().createServer(() => new Echo(), "127.0.0.1", 0, options);
  console.log(JSON.stringify({ port: server.sockets[0].getSockName()[1], pid: process.pid }));
  yield* server.serveForever();
});
