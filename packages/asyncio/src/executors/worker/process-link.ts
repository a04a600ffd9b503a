import { checkCloneable } from "../../border/uncloneable-error.ts";
import { isDeno, nodeProcess, type ProcessLike } from "../../host/globals.ts";
import type { ToWorker, WorkerSettings } from "../worker-protocol.ts";
import type { JobRunner, Link } from "./job-runner.ts";

interface ChildProcess extends ProcessLike {
  send(message: unknown): boolean;
  title: string;
}

const self = nodeProcess as ChildProcess;

/** A worker process's end of the connection: one job at a time is under way, and all is said by messages. */
export class ProcessLink implements Link {
  readonly border = "process";

  begin(): boolean {
    return true;
  }

  /** The pool's message finds the job itself, see `JobRunner.receive`. */
  isInterrupted(): boolean {
    return false;
  }

  succeed(job: number, value: unknown): void {
    // Deno's channel breaks from a value that cannot be cloned, instead of refusing it.
    if (isDeno) checkCloneable(value, { border: "process" });
    self.send([job, value]);
  }

  fail(job: number, thrown: unknown): void {
    self.send([job, null, thrown]);
  }

  note(): void {}

  rest(): undefined {
    return undefined;
  }

  post(message: object): void {
    self.send(message);
  }
}

/** The first message is the worker's settings. When the pool's process ends, so does the worker. */
export function listenToPool(makeRunner: (settings: WorkerSettings) => JobRunner): void {
  let runner: JobRunner | null = null;
  self.on("message", (message: WorkerSettings | ToWorker) => {
    if (runner === null) {
      runner = makeRunner(message as WorkerSettings);
      void runner.start();
      return;
    }
    runner.receive(message as ToWorker);
    runner.pump();
  });
  self.on("disconnect", () => self.exit(0));
}
