/** The program of every worker, see `tools/worker-source.mjs`. */
import { builtin } from "../../host/globals.ts";
import type { ThreadWorkerData } from "../thread-worker.ts";
import { JobRunner } from "./job-runner.ts";
import { listenToPool, ProcessLink } from "./process-link.ts";
import { ThreadLink } from "./thread-link.ts";

const threads = builtin<{ isMainThread: boolean; workerData: ThreadWorkerData }>("worker_threads")!;

if (threads.isMainThread) {
  listenToPool((settings) => new JobRunner(new ProcessLink(), settings));
} else {
  const data = threads.workerData;
  const runner = new JobRunner(new ThreadLink(data), data.settings);
  data.port.on("message", (message) => {
    runner.receive(message as never);
    runner.pump();
  });
  void runner.start();
}
