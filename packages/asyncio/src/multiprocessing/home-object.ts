import type { Request } from "./request.ts";

/**
 * The state of a shared object, in the process that keeps it. It knows no loop: requests come from tasks of this process
 * as well as from others, at any time, and each is answered once.
 */
export abstract class HomeObject {
  /** The processes that have it, other than its home. */
  readonly holders: Set<string> = new Set();

  /** Answers a request, now or later. What it throws is the answer, too. */
  abstract call(method: string, args: readonly unknown[], request: Request): void;

  /** Something that needs no answer. */
  note(_method: string, _args: readonly unknown[], _node: string): void {}

  /** It has been passed to a process, or within its own; `details` are the ref's. */
  held(_node: string, _details: unknown): void {}

  /** A process that had it has ended; `how` says which and why, `failed` whether it was no proper end. */
  holderGone(_node: string, _how: string, _failed: boolean): void {}
}
