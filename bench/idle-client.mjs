// The client of the row of idle connections: `node idle-client.mjs <settings as JSON>`. It prints how much memory a
// connection takes in the server.
import { readFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";

const { port, pid, connections } = JSON.parse(process.argv[2]);

/** Resident memory of the server, as Linux tells it; NaN elsewhere. */
function serverBytes() {
  try {
    return Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** Connects, sends a byte, and waits until it has come back. */
function connect() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("data", () => resolve(socket));
    socket.once("error", reject);
    socket.write("x");
  });
}

async function connectAll(count) {
  const sockets = [];
  for (let i = 0; i < count; i += 100) {
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(100, count - i) }, connect))));
  }
  return sockets;
}

// The first connections compile the server's code.
for (const socket of await connectAll(200)) socket.destroy();
await new Promise((resolve) => setTimeout(resolve, 500));
const before = serverBytes();
const sockets = await connectAll(connections);
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(JSON.stringify({ bytes: (serverBytes() - before) / sockets.length }));
process.stdout.write("", () => process.exit(0));
