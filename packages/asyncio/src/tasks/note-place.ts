import { taskHere } from "./ambient.ts";
import type { Future } from "./future.ts";
import { noteWaitingPlace } from "./task-report.ts";

/** Where tests and debug mode are on: remembers the frames that lead to this wait. */
export function notePlace(future: Future<unknown>): void {
  const task = taskHere();
  if (task !== null) noteWaitingPlace(task, future);
}
