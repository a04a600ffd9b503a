import { drainWorks } from "../host/drain.ts";
import { globals } from "../host/globals.ts";
import type { Host } from "../host/host.ts";
import { RuntimeError } from "./errors.ts";
import type { Monitor } from "./monitor.ts";
import { ReadyQueue } from "./ready-queue.ts";
import type { Runnable } from "./runnable.ts";
import { running, runningLoopHere } from "./running.ts";
import { TimerHeap } from "./timer-heap.ts";

/** How long a burst of ticks may keep I/O waiting, in seconds. */
const BURST_SECONDS = 0.002;
/** The clock is read after at most so many handles; after fewer while handles turn out slow. */
const MOST_HANDLES_BETWEEN_CLOCK_READS = 64;
/** Timers that are due within this time are due now: clocks are not finer. */
const CLOCK_RESOLUTION = 1e-6;
const NO_TICK = -1;

/**
 * Ready queue, timers and ticks: what runs when. It knows neither callbacks nor tasks, only what is `Runnable`.
 *
 * The loop is a guest of the runtime's own event loop. `runTick` is asyncio's `_run_once`: due timers become ready, then
 * exactly the handles that were ready at its start run. Ticks follow each other in one *burst* without leaving to the
 * host, until nothing is ready or the burst's time is spent; then one macrotask lets I/O in. Order is first in, first
 * out across that boundary, also when it falls into the middle of a tick.
 *
 * States: closed; stopped (`runForever` not called); asleep (running, nothing ready, the host will wake it); awake (a
 * burst runs or the host is about to start one).
 */
export abstract class GuestLoop {
  /** @internal */ readonly _host: Host;
  /** @internal */ readonly _ready: ReadyQueue = new ReadyQueue();
  /** @internal */ readonly _timers: TimerHeap = new TimerHeap();
  /** Whose native step is open: no other handle may run before the microtasks are drained. @internal */
  _openStep: { _endStep(): void } | null = null;
  /** @internal */ _monitor: Monitor | null = null;
  /** How many ticks have begun. @internal */
  _ticks: number = 0;

  private closed: boolean = false;
  private asleep: boolean = false;
  private stopping: boolean = false;
  private outcome: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  private withdrawStranded: (() => void) | null = null;

  /** Handles of the open tick that have not run yet. */
  private left: number = NO_TICK;
  private burstEnd: number = 0;
  private lastClockRead: number = 0;
  private untilClockRead: number = 0;
  private clockReadInterval: number = 8;
  private hostTimer: unknown = null;
  private hostTimerDue: number = Infinity;
  /** How to end a native step at once; null when it does not work here, undefined until it has been tried. */
  private drain: (() => void) | null | undefined = undefined;
  /** Whether the burst runs in a microtask; whether the next one should, because this one had no native steps. */
  private inMicrotask: boolean = false;
  private nativeSteps: boolean = false;
  private monitored: { item: Runnable; start: number } | null = null;

  /** Host callbacks of the present run; those of an earlier run find another `epoch` and do nothing. */
  private epoch: number = 0;
  private startBurst: () => void = () => {};
  private afterStep: () => void = () => {};
  private onHostTimer: () => void = () => {};

  constructor(host: Host) {
    this._host = host;
  }

  // ---- what is due

  /** @internal */
  _addTimer(when: number, timer: Parameters<TimerHeap["push"]>[1]): void {
    this._timers.push(when, timer);
    if (this.asleep && when < this.hostTimerDue) this.setHostTimer(when);
  }

  /** @internal */
  _enqueue(item: Runnable): void {
    this._ready.push(item);
    if (this.asleep) this.wakeUp();
  }

  /**
   * As `_enqueue`, for what the host reports by a callback of its own: nothing of the loop is below on the stack, so that
   * a sleeping loop need not wait for another one.
   * @internal
   */
  _enqueueFromHost(item: Runnable): void {
    this._ready.push(item);
    if (this.asleep) this.burstAtOnce();
  }

  /** Something has changed without making anything ready: a sleeping loop looks again whether it is stranded. @internal */
  _nudge(): void {
    if (this.asleep) this.wakeUp();
  }

  // ---- running

  /** Runs until `stop()`. Rejects when nothing is left that could ever wake the loop. */
  runForever(): Promise<void> {
    try {
      this._checkClosed();
      this._checkRunning();
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      this.outcome = { resolve, reject };
      this.makeHostCallbacks(++this.epoch);
      this.withdrawStranded = this._host.whenStranded(() => this.onStranded());
      this._onStart();
      this._host.soon(this.startBurst);
    });
  }

  /**
   * Ends `runForever` after the present iteration; before `runForever`, after exactly one iteration.
   * Bound to its loop, so that it can be scheduled as it is: `loop.callLater(2.5, loop.stop)`.
   */
  readonly stop: () => void = () => {
    this.stopping = true;
    if (this.asleep) this.wakeUp();
  };

  isRunning(): boolean {
    return this.outcome !== null;
  }

  isClosed(): boolean {
    return this.closed;
  }

  /** Drops everything that is scheduled. Throws `RuntimeError` while the loop runs; a second call does nothing. */
  close(): void {
    if (this.isRunning()) throw new RuntimeError("Cannot close a running event loop");
    if (this.closed) return;
    this._onClose();
    this.closed = true;
    this._ready.clear();
    this._timers.clear();
    this.left = NO_TICK;
  }

  /** Hooks for the floors above. @internal */
  _onStart(): void {}
  /** @internal */
  _onStop(): void {}
  /** @internal */
  _onClose(): void {}
  /** The loop is about to sleep, or has run for a while. @internal */
  _onIdle(): void {}
  /** What waits, for the error of a loop that nothing can wake any more. @internal */
  _describeWaiting(): string {
    return "";
  }
  /** A scheduler that chooses its own order may permute the first `count` ready items. @internal */
  _orderTick(_count: number): void {}

  /** @internal */
  _checkClosed(): void {
    if (this.closed) throw new RuntimeError("Event loop is closed");
  }

  /** @internal */
  _checkRunning(): void {
    if (this.isRunning()) throw new RuntimeError("This event loop is already running");
    if (runningLoopHere() !== null) {
      throw new RuntimeError("Cannot run the event loop while another loop is running");
    }
  }

  private makeHostCallbacks(epoch: number): void {
    const { throwCheaply } = this._host;
    const burstInMicrotask = (): void => {
      if (epoch !== this.epoch) return;
      this.openBurst();
      this.inMicrotask = true;
      this.drive();
      this.inMicrotask = false;
    };
    this.startBurst = () => {
      if (epoch !== this.epoch) return;
      if (throwCheaply !== null && !this.nativeSteps) return throwCheaply(burstInMicrotask);
      this.nativeSteps = false;
      this.openBurst();
      this.drive();
    };
    this.afterStep = () => {
      const step = this._openStep;
      this._openStep = null;
      step?._endStep();
      if (this.monitored !== null) this.endMonitored();
      if (epoch !== this.epoch) return;
      if (--this.untilClockRead <= 0 && this.burstIsSpent()) this._host.macrotask(this.startBurst);
      else this.drive();
    };
    this.onHostTimer = () => {
      if (epoch !== this.epoch) return;
      this.hostTimer = null;
      this.hostTimerDue = Infinity;
      if (!this.asleep) return;
      this.asleep = false;
      this.startBurst();
    };
  }

  private wakeUp(): void {
    this.asleep = false;
    this._host.soon(this.startBurst);
  }

  /** It may be a microtask that reports: some streams do. */
  private burstAtOnce(): void {
    this.asleep = this.nativeSteps = false;
    this.openBurst();
    this.inMicrotask = true;
    this.drive();
    this.inMicrotask = false;
  }

  private openBurst(): void {
    this.lastClockRead = realSeconds();
    this.burstEnd = this.lastClockRead + BURST_SECONDS;
    this.untilClockRead = this.clockReadInterval;
  }

  /** Runs ticks until the loop sleeps, a native step is open, the burst is spent or the loop stops. */
  private drive(): void {
    if (this.outcome === null) return;
    // Another loop's burst may run inside a step of ours, when it drains the queue that starts it.
    const { loop, task, driver, context } = running;
    running.loop = this;
    running.driver = null;
    try {
      for (;;) {
        if (this.left === NO_TICK) this.openTick();
        if (!this.runTick()) return;
        this.left = NO_TICK;
        if (this.stopping) return this.finish();
        if (!this.anythingIsDue()) return this.fallAsleep();
      }
    } catch (error) {
      this.abort(error);
    } finally {
      running.loop = loop;
      running.task = task;
      running.driver = driver;
      running.context = context;
    }
  }

  private openTick(): void {
    this._ticks++;
    const timers = this._timers;
    if (timers.size > 0) {
      const deadline = this._host.now() + CLOCK_RESOLUTION;
      for (let timer = timers.popDue(deadline); timer !== null; timer = timers.popDue(deadline))
        this._ready.push(timer);
    }
    this.left = this._ready.length;
    this._orderTick(this.left);
  }

  /** Runs what is left of the open tick. False when the host must have its turn first; it will call back. */
  private runTick(): boolean {
    const ready = this._ready;
    let { left } = this;
    while (left > 0) {
      left--;
      const item = ready.shift();
      if (this._monitor !== null) this.startMonitored(item);
      item._run();
      if (this._openStep !== null) {
        this.left = left;
        if (!this.endStep()) return false;
      }
      if (this.monitored !== null) this.endMonitored();
      if (--this.untilClockRead <= 0 && this.burstIsSpent()) {
        this.left = left === 0 ? NO_TICK : left;
        if (left === 0 && (this.stopping || !this.anythingIsDue())) return true;
        this._host.macrotask(this.startBurst);
        return false;
      }
    }
    return true;
  }

  /** Ends the open native step: at once, where the host can. False when the burst goes on in a callback, or not at all. */
  private endStep(): boolean {
    this.nativeSteps = true;
    if (this.inMicrotask) {
      this._host.afterMicrotasks(this.afterStep);
      return false;
    }
    if (this.drain === undefined) {
      const { drainMicrotasks } = this._host;
      running.loop = running.task = running.driver = running.context = null;
      this.drain = drainMicrotasks !== null && drainWorks(drainMicrotasks) ? drainMicrotasks : null;
    }
    if (this.drain === null) {
      this._host.afterMicrotasks(this.afterStep);
      return false;
    }
    const { epoch } = this;
    running.loop = running.task = running.driver = running.context = null;
    this.drain();
    running.loop = this;
    const step = this._openStep;
    this._openStep = null;
    step?._endStep();
    return epoch === this.epoch;
  }

  /** @internal */
  get _isAsleep(): boolean {
    return this.asleep;
  }

  /** Nothing is ready, and no timer is set: only the outside may wake it. @internal */
  _sleepsForever(): boolean {
    return this.asleep && this._timers.nextTime() === Infinity;
  }

  private burstIsSpent(): boolean {
    const now = realSeconds();
    const passed = now - this.lastClockRead;
    this.lastClockRead = now;
    if (passed > BURST_SECONDS / 8) this.clockReadInterval = Math.max(1, this.clockReadInterval >> 2);
    else if (this.clockReadInterval < MOST_HANDLES_BETWEEN_CLOCK_READS) this.clockReadInterval *= 2;
    this.untilClockRead = this.clockReadInterval;
    return now >= this.burstEnd;
  }

  private anythingIsDue(): boolean {
    if (this._ready.length > 0) return true;
    return this._timers.size > 0 && this._timers.nextTime() <= this._host.now() + CLOCK_RESOLUTION;
  }

  private fallAsleep(): void {
    this._onIdle();
    if (this._ready.length > 0) return void this._host.soon(this.startBurst);
    this._ready.shrink();
    this.asleep = true;
    this.setHostTimer(this._timers.nextTime());
  }

  private setHostTimer(when: number): void {
    // An endless sleep is announced each time: a virtual clock looks then whether anything can still happen.
    if (when === this.hostTimerDue && when !== Infinity && this.hostTimer !== null) return;
    if (this.hostTimer !== null) this._host.clearTimer(this.hostTimer);
    this.hostTimer = this._host.setTimer(when, this.onHostTimer);
    this.hostTimerDue = when;
  }

  private finish(): void {
    const { outcome } = this;
    this.leave();
    outcome!.resolve();
  }

  /** An error leaves the loop: KeyboardInterrupt, or the report that nothing can wake it. @internal */
  private abort(error: unknown): void {
    const { outcome } = this;
    if (outcome === null) return;
    this.leave();
    outcome.reject(error);
  }

  /** @internal */
  _interrupt(error: unknown): void {
    this.abort(error);
  }

  private leave(): void {
    this.epoch++;
    this.monitored = null;
    this.outcome = null;
    this.stopping = false;
    this.asleep = false;
    this.left = NO_TICK;
    if (this.hostTimer !== null) this._host.clearTimer(this.hostTimer);
    this.hostTimer = null;
    this.hostTimerDue = Infinity;
    this.withdrawStranded?.();
    this.withdrawStranded = null;
    this._onStop();
  }

  private onStranded(): void {
    if (!this.asleep || this._timers.nextTime() !== Infinity) return;
    const waiting = this._describeWaiting();
    this.abort(
      new RuntimeError(
        `deadlock: nothing is left that could wake the event loop${waiting === "" ? "" : `; still waiting:\n${waiting}`}`,
      ),
    );
  }

  private startMonitored(item: Runnable): void {
    this._monitor!.before(item);
    this.monitored = { item, start: globals.performance.now() };
  }

  private endMonitored(): void {
    const { item, start } = this.monitored!;
    this.monitored = null;
    this._monitor?.after(item, (globals.performance.now() - start) / 1000);
  }
}

/** Bursts are measured in real time, on a virtual clock as well: other code of the process must not starve. */
function realSeconds(): number {
  return globals.performance.now() / 1000;
}
