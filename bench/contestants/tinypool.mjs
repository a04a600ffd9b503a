// tinypool over threads; "processes" over child processes.
import { join } from "node:path";
import process from "node:process";
import Tinypool from "tinypool";
import { main } from "../measure.mjs";
import { poolRows } from "../pools.mjs";

const [, variant] = process.argv[2].split(":");
const filename = join(import.meta.dirname, "..", "jobs", "tinypool.mjs");

function open(workers) {
  const pool = new Tinypool({
    filename,
    ...(variant === "processes" && { runtime: "child_process", serialization: "advanced" }),
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: 60_000,
  });
  return {
    submit: (name, value, buffer) =>
      pool.run(value, buffer === undefined ? { name } : { name: "move", transferList: [buffer] }),
    close: () => pool.destroy(),
  };
}

await main({ rows: {}, special: poolRows(open, ["processes"]), drive: null });
