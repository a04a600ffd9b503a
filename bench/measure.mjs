// What every JavaScript contestant shares: how long to measure, the memory and fairness arithmetic, and the report line.
// A contestant is one process that measures one row: `node contestants/x.mjs <row> <settings as JSON>`.
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";
import { percentile } from "./statistics.mjs";

const schedule = "/proc/self/schedstat";
const tellsDelay = existsSync(schedule);

/**
 * Milliseconds on a clock that stands still while this process would run but other work has the core (Linux tells; a
 * plain clock elsewhere). Idling, garbage collection and compiling count as they should.
 */
export function now() {
  if (!tellsDelay) return performance.now();
  const delay = Number(readFileSync(schedule, "utf8").split(" ")[1]);
  return performance.now() - delay / 1e6;
}

/** The certificate and the key of a server of a row over TLS, as PEM; null in the other rows. */
export function identity() {
  const { tls } = JSON.parse(process.argv[3]);
  return tls === undefined ? null : { cert: readFileSync(tls.cert, "utf8"), key: readFileSync(tls.key, "utf8") };
}

/** A sample shorter than this is mostly clock and setup, so warm-up doubles the sample's size until it is longer. */
const SHORTEST_SAMPLE = 20;

/**
 * Drives one measurement: warm-up, then a window. The contestant loops
 * `while (sampler.wants()) sampler.add(await body(sampler.size))`, so that the loop runs in its own kind of coroutine.
 */
export class Sampler {
  size = 1;
  #warmup;
  #window;
  #start = now();
  #began = 0;
  #operations = 0;
  #elapsed = 0;

  constructor({ warmup, window }) {
    this.#warmup = warmup;
    this.#window = window;
  }

  wants() {
    this.#began = now();
    return this.#elapsed < this.#window;
  }

  add(operations) {
    const end = now();
    if (end - this.#start < this.#warmup) {
      if (end - this.#began < SHORTEST_SAMPLE) this.size *= 2;
      return;
    }
    this.#operations += operations;
    this.#elapsed += end - this.#began;
  }

  get opsPerSecond() {
    return (this.#operations / this.#elapsed) * 1000;
  }
}

/** The bytes that live objects hold, after a full collection; needs --expose-gc. */
export function liveBytes() {
  // The buffers of typed arrays that the first collection finds dead are freed in the background; the second one waits.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Seconds until timer `i`: a thousand different ones, in no order, so that neither a heap nor Node's lists have it easy. */
export function delay(i) {
  return 3600 + ((i * 7919) % 1000) / 1000;
}

/** How much the timers of the churn held at most, against what the live ones held before it. */
export class ChurnMeter {
  #base = liveBytes();
  #live = 0;
  #most = 0;

  filled() {
    this.#live = liveBytes() - this.#base;
  }

  check() {
    this.#most = Math.max(this.#most, liveBytes() - this.#base);
  }

  get growth() {
    return this.#most / this.#live;
  }
}

/**
 * The service that must stay alive beside the spinning tasks: an echo and a host timer. It prints its port, serves one
 * client, and calls `finished` when that client has gone.
 */
export class FairnessServer {
  stopped = false;
  spins = 0;
  #lateness = [];
  #began = 0;
  #server;

  constructor(finished) {
    this.#server = net.createServer((socket) => {
      socket.setNoDelay(true);
      socket.on("data", (data) => socket.write(data));
      socket.on("error", () => {});
      socket.on("close", () => {
        this.stopped = true;
        this.#server.close();
        finished();
      });
      this.#began = performance.now();
      this.spins = 0;
      this.#armTimer();
    });
    this.#server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: this.#server.address().port })));
  }

  #armTimer() {
    const due = performance.now() + 10;
    setTimeout(() => {
      if (this.stopped) return;
      this.#lateness.push(performance.now() - due);
      this.#armTimer();
    }, 10);
  }

  result() {
    const seconds = (performance.now() - this.#began) / 1000;
    return {
      timerP99: percentile(this.#lateness, 99),
      timerMax: Math.max(...this.#lateness),
      spinsPerSecond: this.spins / seconds,
    };
  }
}

/**
 * Runs the rows that the command line names (separated by commas) and prints a result for each. `rows` are bodies
 * `(size) => operations` in the contestant's own kind, run by `drive(body, sampler)`; `special` rows measure themselves:
 * `(settings) => result`.
 */
export async function main({ rows, special, drive }) {
  const settings = JSON.parse(process.argv[3]);
  const wall = performance.now();
  const began = now();
  for (const row of process.argv[2].split(",")) {
    let result;
    if (special[row] !== undefined) {
      result = await special[row](settings);
    } else {
      const sampler = new Sampler(settings);
      await drive(rows[row], sampler);
      result = { opsPerSecond: sampler.opsPerSecond };
    }
    const waited = 1 - (now() - began) / (performance.now() - wall);
    console.log(JSON.stringify({ row, ...result, waited }));
  }
  // A million sleeping tasks are not worth an orderly end; the empty write waits until all of the output is out.
  process.stdout.write("", () => process.exit(0));
}
