import type { Context } from "../loop/context.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import type { Body } from "../tasks/body.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { EndWaiter, parkIn } from "./crew.ts";

/**
 * When a child of a supervisor is restarted: `"permanent"`: whenever it ends; `"transient"`: when it fails;
 * `"temporary"`: never. Ending by a cancellation that somebody else asked for is no failure. OTP: the same words.
 */
export type RestartType = "permanent" | "transient" | "temporary";

export type ChildState =
  /** Its task runs. */
  | "running"
  /** Its task has been cancelled by the supervisor, and has not ended yet. */
  | "stopping"
  /** It has ended by itself, and the supervisor is about to decide. */
  | "ended"
  /** It is going to be restarted. */
  | "waiting";

/** What a supervisor starts, and starts again. */
export class SupervisedChild {
  readonly name: string;
  readonly restart: RestartType;
  /** @internal */ readonly _body: () => Body<unknown>;
  /** A copy for each run: what one run sets is gone in the next. @internal */
  readonly _context: Context;
  /** @internal */ _state: ChildState = "waiting";
  /** @internal */ _task: Task<unknown> | null = null;
  /** @internal */ _timer: TimerHandle | null = null;
  /** Asked for by `Supervisor.stop`: when it has ended it is no child any more. @internal */
  _removed: boolean = false;
  /** @internal */ _restarts: number = 0;
  /** Failures in a row, for the backoff. @internal */
  _failures: number = 0;
  /** @internal */ _startedAt: number = 0;
  private readonly lot: ParkingLot = new ParkingLot();

  /** @internal */
  constructor(name: string, body: () => Body<unknown>, restart: RestartType, context: Context) {
    this.name = name;
    this.restart = restart;
    this._body = body;
    this._context = context;
  }

  get state(): ChildState {
    return this._state;
  }

  /** The task of its present run; null between two of them. */
  get task(): Task<unknown> | null {
    return this._task;
  }

  /** How often it has been restarted. */
  get restarts(): number {
    return this._restarts;
  }

  /** @internal */
  _start(loop: EventLoop): Task<unknown> {
    this._cancelTimer();
    const task = loop.createTask(this._body, { name: this.name, context: this._context.copy() });
    this._task = task;
    this._state = "running";
    this._startedAt = loop.time();
    return task;
  }

  /** Its task is done: those who wait for that go on. @internal */
  _ended(): void {
    this._task = null;
    this.lot.unparkMany(Infinity, undefined);
  }

  /** Asks it to stop. One that is between two runs has stopped. @internal */
  _stop(): void {
    this._cancelTimer();
    if (this._task === null) {
      this._state = "waiting";
    } else if (this._state === "running") {
      this._state = "stopping"; // A second cancellation would interrupt its clean-up.
      this._task.cancel();
    }
  }

  /** Waits for the end of its present run. @internal */
  *_join(loop: EventLoop, outlastsScopes: boolean): CoroutineGenerator<void> {
    const task = this._task;
    while (task !== null && this._task === task) {
      yield* parkIn(this.lot, outlastsScopes ? new EndWaiter(loop) : new Waiter(loop));
    }
  }

  /** @internal */
  _cancelTimer(): void {
    this._timer?.cancel();
    this._timer = null;
  }
}
