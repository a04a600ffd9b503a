// The client of the echo rows, one for all servers of a row: `node echo-client.mjs <settings as JSON>`. It takes turns
// between them, in another order each round, so that all meet the same moments of the machine. A server's turn is a
// window in which each of its connections sends a message, waits for all of it to come back, and so on. Printed for each
// server is a list, with an entry for each round: how many messages came back in a second, how long they took, and how
// much processor time the server spent for one.
import { readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import { percentile } from "./statistics.mjs";

const settings = JSON.parse(process.argv[2]);
const { size, connections, warmup, window, rounds } = settings;
const message = Buffer.alloc(size, "x");
const buffer = Buffer.alloc(65_536);

class Server {
  constructor({ port, pid }) {
    this.port = port;
    this.pid = pid;
    this.connections = [];
    /** How many of them wait for an answer. */
    this.busy = 0;
    this.serving = false;
    this.latencies = [];
    this.onIdle = () => {};
  }

  async turn(milliseconds) {
    const cpu = this.processorSeconds();
    const began = performance.now();
    this.latencies = [];
    this.serving = true;
    for (const connection of this.connections) connection.send();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    this.serving = false;
    await new Promise((resolve) => {
      if (this.busy === 0) resolve();
      else this.onIdle = resolve;
    });
    const { latencies } = this;
    return {
      opsPerSecond: (latencies.length / (performance.now() - began)) * 1000,
      cpu: ((this.processorSeconds() - cpu) / latencies.length) * 1e6,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
    };
  }

  /** Processor time of all threads of the server, as Linux tells it; NaN elsewhere. */
  processorSeconds() {
    const tasks = `/proc/${this.pid}/task`;
    try {
      return readdirSync(tasks).reduce((sum, task) => sum + nanoseconds(`${tasks}/${task}/schedstat`), 0) / 1e9;
    } catch {
      return Number.NaN;
    }
  }
}

function nanoseconds(file) {
  try {
    return Number(readFileSync(file, "utf8").split(" ")[0]);
  } catch {
    return 0; // The thread has just ended.
  }
}

class Connection {
  sent = 0;
  missing = 0;

  constructor(server) {
    this.server = server;
    const options = {
      port: server.port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer, callback: (count) => this.receive(count) },
    };
    const secured = settings.tls !== undefined;
    this.socket = secured ? tls.connect({ ...options, rejectUnauthorized: false }) : net.connect(options);
    this.opened = new Promise((resolve) => this.socket.once(secured ? "secureConnect" : "connect", resolve));
    this.socket.on("error", (error) => {
      console.error(error.message);
      process.exit(1);
    });
  }

  send() {
    this.server.busy++;
    this.sent = performance.now();
    this.missing = size;
    this.socket.write(message);
  }

  receive(count) {
    this.missing -= count;
    if (this.missing > 0) return true;
    const { server } = this;
    server.latencies.push(performance.now() - this.sent);
    server.busy--;
    if (server.serving) this.send();
    else if (server.busy === 0) server.onIdle();
    return true;
  }
}

const servers = settings.servers.map((server) => new Server(server));
for (const server of servers) {
  // Not all at once: the backlog of the server's socket is limited.
  for (let i = 0; i < connections; i += 50) {
    const some = Array.from({ length: Math.min(50, connections - i) }, () => new Connection(server));
    await Promise.all(some.map(({ opened }) => opened));
    server.connections.push(...some);
  }
}
// In several turns, after which the compiler's threads have nothing left to do.
for (let i = 0; i < 3; i++) for (const server of servers) await server.turn(warmup / 3);
const results = servers.map(() => []);
for (let round = 0; round < rounds; round++) {
  const order = [...servers.keys()];
  if (round % 2 === 1) order.reverse();
  for (const index of order) results[index].push(await servers[index].turn(window));
}
console.log(JSON.stringify(results));
process.stdout.write("", () => process.exit(0));
