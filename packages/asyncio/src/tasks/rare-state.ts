import { CancelledError } from "../loop/errors.ts";
import type { Trace } from "../loop/stack.ts";
import type { Future } from "./future.ts";
import type { CancelNode, NativeScope, Scope } from "./scope.ts";
import type { Task } from "./task.ts";

/** What few tasks need, kept apart so that a sleeping task stays small. */
export class RareState {
  /** Native code waits for a foreign promise and nothing else. */
  foreign: boolean = false;
  /** The step of another task that the open one began inside of. */
  outerStep: Task<unknown> | null = null;
  /** Browsers: where the task's native code was last. */
  place: NativeScope | null = null;
  /** The CancelledError that native code was given in the open step. */
  delivered: CancelledError | null = null;
  severalWaitsReported: boolean = false;
  /** What the next step throws into the coroutine. */
  thrown: unknown = undefined;
  /** Steps of native code that are queued and that no wait stands for. */
  dueSteps: number = 0;
  /** Requests for scopes that are not delivered yet, with their messages. */
  pending: Map<Scope, unknown> | null = null;
  /** The scope of the request that was delivered last; null for the whole task. */
  deliveredFor: Scope | null = null;
  /** Timeouts and groups that have cancelled their body and have not left it yet. */
  requestedBy: Set<Scope> | null = null;
  /** The cancel scopes that the task has a part in, innermost last. */
  cancelNodes: CancelNode[] | null = null;
  /** What the lasting cancellation of a scope has cancelled, that it is not asked twice. */
  cancelledByScope: Future<unknown> | null = null;
  places: WeakMap<object, Trace> | null = null;
  /** What the last request for cancellation was given. */
  private message: unknown = undefined;
  private controller: AbortController | null = null;

  noteRequest(scope: Scope): void {
    this.requestedBy ??= new Set();
    this.requestedBy.add(scope);
  }

  requested(message: unknown): void {
    this.message = message;
    if (this.controller !== null) this.abort();
  }

  signal(cancelled: boolean): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (cancelled) this.abort();
    }
    return this.controller.signal;
  }

  private abort(): void {
    if (!this.controller!.signal.aborted) this.controller!.abort(new CancelledError(this.message));
  }

  renewSignal(): void {
    if (this.controller?.signal.aborted === true) this.controller = null;
  }
}

/** Made when it is first needed. */
export function rareState(task: Task<unknown>): RareState {
  task._rare ??= new RareState();
  return task._rare;
}
