// The client of the echo rows, the same for every server: `node echo-client.mjs <settings as JSON>`. Each connection
// sends a message, waits for all of it to come back, and so on. It prints how many messages came back, how long each
// took, and how much processor time the server spent for one.
import { readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";
import { percentile } from "./statistics.mjs";

const { port, pid, size, connections, warmup, window } = JSON.parse(process.argv[2]);
const message = Buffer.alloc(size, "x");
const buffer = Buffer.alloc(65_536);
/** One value in so many is kept when there are more than fit: percentiles need no more. */
const latencies = new Float64Array(1_000_000);
let answered = 0;
let measuring = false;
let ended = false;
let open = 0;

function connect() {
  let sent = 0;
  let missing = 0;
  const send = () => {
    sent = performance.now();
    missing = size;
    socket.write(message);
  };
  const socket = net.connect({
    port,
    host: "127.0.0.1",
    noDelay: true,
    onread: {
      buffer,
      callback(count) {
        missing -= count;
        if (missing > 0) return true;
        if (measuring) latencies[answered++ % latencies.length] = performance.now() - sent;
        if (ended) socket.end();
        else send();
        return true;
      },
    },
  });
  socket.on("connect", () => {
    send();
    if (++open === connections) setTimeout(measure, warmup);
  });
  socket.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
}

function measure() {
  const cpu = serverSeconds();
  const began = performance.now();
  answered = 0;
  measuring = true;
  setTimeout(() => {
    measuring = false;
    ended = true;
    const seconds = (performance.now() - began) / 1000;
    const spent = serverSeconds() - cpu;
    const times = Array.from(latencies.subarray(0, Math.min(answered, latencies.length)));
    console.log(
      JSON.stringify({
        opsPerSecond: answered / seconds,
        cpu: (spent / answered) * 1e6,
        p50: percentile(times, 50),
        p99: percentile(times, 99),
      }),
    );
    process.stdout.write("", () => process.exit(0));
  }, window);
}

/** Processor time of all threads of the server, as Linux tells it; NaN elsewhere. */
function serverSeconds() {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks).reduce((sum, task) => sum + nanoseconds(`${tasks}/${task}/schedstat`), 0) / 1e9;
  } catch {
    return Number.NaN;
  }
}

function nanoseconds(file) {
  try {
    return Number(readFileSync(file, "utf8").split(" ")[0]);
  } catch {
    return 0; // The thread has just ended.
  }
}

// Not all at once: the backlog of the server's socket is limited.
let started = 0;
const starter = setInterval(() => {
  for (let i = 0; i < 50 && started < connections; i++, started++) connect();
  if (started === connections) clearInterval(starter);
}, 5);
