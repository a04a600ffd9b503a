import { RuntimeError } from "../loop/errors.ts";
import { type RunningJob, type WorkerState, workerState } from "./worker/running-job.ts";

export type { RunningJob };

/**
 * The job that this worker runs: its name, whether it has been asked to stop (`cancelled()`, `signal`). Null where no job
 * runs. Call it before the first `await` of a job, and keep the result.
 */
export function currentJob(): RunningJob | null {
  const state = (globalThis as { readonly [workerState]?: WorkerState })[workerState];
  return state?.job ?? null;
}

/** Whether the job that runs here has been asked to stop; a loop in a job polls it. Throws `RuntimeError` outside of jobs. */
export function cancelled(): boolean {
  const job = currentJob();
  if (job === null) throw new RuntimeError("cancelled() is for jobs of an executor");
  return job.cancelled();
}
