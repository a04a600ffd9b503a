import { decodeError } from "../border/decode-error.ts";
import type { ThrownRecord } from "../border/error-record.ts";
import { isCancelled } from "../loop/errors.ts";
import type { Job } from "./job.ts";

/** Ends a job with what its worker says. */
export function settleJob(job: Job, value: unknown, thrown: ThrownRecord | undefined): void {
  if (thrown === undefined) return job.succeed(value);
  const error = decodeError(thrown);
  if (job.interrupted && isCancelled(error)) job.stopped();
  else job.fail(error);
}
