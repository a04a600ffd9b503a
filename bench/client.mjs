// The neutral second process of the fairness row: `node client.mjs <port> <milliseconds>` sends 1 KiB, waits for all of
// it to come back, and so on; it prints how long the answers took.
import net from "node:net";
import process from "node:process";
import { percentile } from "./statistics.mjs";

const [port, duration] = process.argv.slice(2).map(Number);
const message = Buffer.alloc(1024, "x");
const latencies = [];
const socket = net.connect(port, "127.0.0.1");
socket.setNoDelay(true);

let sent = 0;
let missing = 0;
function send() {
  sent = performance.now();
  missing = message.length;
  socket.write(message);
}

let end = 0;
socket.on("connect", () => {
  end = performance.now() + duration;
  send();
});
socket.on("data", (data) => {
  missing -= data.length;
  if (missing > 0) return;
  const now = performance.now();
  latencies.push(now - sent);
  if (now < end) send();
  else socket.end();
});
socket.on("close", () => {
  const result = { messages: latencies.length, p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
  console.log(JSON.stringify(result));
});
