// How the rows of the pools use this project's.
import { transfer, workerModule } from "asyncio-ts/concurrent";

const jobs = workerModule(new URL("./jobs/jobs.mjs", import.meta.url));
const { move } = workerModule(new URL("./jobs/ours.mjs", import.meta.url));

export const openWith = (Executor) => (workers) => {
  const pool = new Executor({ maxWorkers: workers });
  return {
    submit: (name, value, buffer) =>
      buffer === undefined ? pool.submit(jobs[name], value) : pool.submit(move, transfer(value, [buffer])),
    close: () => pool.shutdown(),
  };
};
