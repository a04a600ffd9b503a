// piscina as it comes; "best" is the fastest setting that was found for small jobs.
import { join } from "node:path";
import process from "node:process";
import Piscina from "piscina";
import { main } from "../measure.mjs";
import { poolRows } from "../pools.mjs";

const [, variant] = process.argv[2].split(":");
const filename = join(import.meta.dirname, "..", "jobs", "piscina.mjs");

function open(workers) {
  const pool = new Piscina({
    filename,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: variant === "best" ? 16 : 1,
    idleTimeout: 60_000,
  });
  return {
    submit: (name, value, buffer) =>
      pool.run(buffer === undefined ? value : Piscina.move(value), { name: buffer === undefined ? name : "move" }),
    close: () => pool.destroy(),
  };
}

await main({ rows: {}, special: poolRows(open, ["best"]), drive: null });
