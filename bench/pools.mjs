// The rows of the pools, the same for every pool: `pool` is `{ submit(job, value, transferred?): Promise, close() }`.
import { performance } from "node:perf_hooks";
import { percentile } from "./statistics.mjs";

/** How many jobs are on their way in the pipelined rows. */
const PIPELINED = 1000;

/** `open(workers)` gives a pool that has started its workers or will. The rows are there for each variant, too. */
export function poolRows(open, variants = []) {
  const rows = rowsOf(open);
  const named = (variant) => Object.entries(rows).map(([id, row]) => [`${id}:${variant}`, row]);
  return { ...rows, ...Object.fromEntries(variants.flatMap(named)) };
}

function rowsOf(open) {
  return {
    "pool-noop": (settings) => pipelined(open, settings, (pool) => pool.submit("noop")),
    "pool-sequential": (settings) => sequential(open, settings, (pool) => pool.submit("noop")),
    "pool-1k": (settings) => pipelined(open, settings, (pool) => pool.submit("echo", bytes(1024))),
    "pool-1m": (settings) => sequential(open, settings, (pool) => pool.submit("echo", bytes(1024 * 1024))),
    "pool-1m-transferred": (settings) => {
      let memory = bytes(1024 * 1024);
      return sequential(open, settings, async (pool) => {
        memory = await pool.submit("echo", memory, memory.buffer);
      });
    },
    "pool-start": (settings) => start(open, settings),
    "pool-lag": (settings) => lag(open, settings),
  };
}

function bytes(size) {
  return new Uint8Array(size).fill(1);
}

async function pipelined(open, { workers, warmup, window }, submit) {
  const pool = await open(workers);
  const rate = await during(warmup, window, async (isOver) => {
    let done = 0;
    const lane = async () => {
      while (!isOver()) {
        await submit(pool);
        done++;
      }
    };
    await Promise.all(Array.from({ length: PIPELINED }, lane));
    return done;
  });
  await pool.close();
  return { opsPerSecond: rate };
}

async function sequential(open, { workers, warmup, window }, submit) {
  const pool = await open(workers);
  const rate = await during(warmup, window, async (isOver) => {
    let done = 0;
    for (; !isOver(); done++) await submit(pool);
    return done;
  });
  await pool.close();
  return { opsPerSecond: rate };
}

async function during(warmup, window, body) {
  const warm = performance.now() + warmup;
  await body(() => performance.now() >= warm);
  const began = performance.now();
  const done = await body(() => performance.now() - began >= window);
  return (done / (performance.now() - began)) * 1000;
}

/** From nothing to the first result of each worker. */
async function start(open, { workers }) {
  const began = performance.now();
  const pool = await open(workers);
  await Promise.all(Array.from({ length: workers }, () => pool.submit("noop")));
  const milliseconds = performance.now() - began;
  await pool.close();
  return { milliseconds };
}

/** How late a timer of the main thread is while all workers burn. */
async function lag(open, { workers, window }) {
  const pool = await open(workers);
  await Promise.all(Array.from({ length: workers }, () => pool.submit("burn", 50)));
  const late = [];
  let due = performance.now() + 1;
  const timer = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - due));
    due = now + 1;
  }, 1);
  const began = performance.now();
  const lane = async () => {
    while (performance.now() - began < window) await pool.submit("burn", 20);
  };
  await Promise.all(Array.from({ length: workers }, lane));
  clearInterval(timer);
  await pool.close();
  return { p99: percentile(late, 99), max: Math.max(...late) };
}
