import { type Delay, toSeconds } from "../loop/delay.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { driverHere } from "../tasks/ambient.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineLike } from "../tasks/coroutine-like.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FINISHED, type Future } from "../tasks/future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { Crew, type CrewOwner } from "./crew.ts";

export interface StaggeredRaceOptions<T> {
  /** Gets what nobody will: the result of one that succeeded after the winner, or before a cancellation. */
  readonly discard?: ((value: T) => void) | undefined;
}

/** Who won (null: nobody), which of the starters it was, and the errors of those that were started; null the winner's. */
export type StaggeredRaceResult<T> = [winner: T | null, index: number | null, errors: unknown[]];

/**
 * Starts the coroutines one after the other: the next one as soon as the one before it has failed, or after `delay`.
 * The first that succeeds wins; the others are cancelled, and have cleaned up. With null for `delay` each waits for the
 * failure of the one before it. Never throws because of their errors. Cancelling it cancels them all.
 * asyncio: `staggered.staggered_race()`, made for Happy Eyeballs (RFC 8305).
 */
export function staggeredRace<T>(
  starters: Iterable<CoroutineLike<T>>,
  delay: Delay | null,
  options: StaggeredRaceOptions<T> = {},
): Coroutine<StaggeredRaceResult<T>> {
  const seconds = delay === null ? null : toSeconds(delay);
  return new FunctionCoroutine(definition, undefined, [[...starters], seconds, options.discard ?? null]);
}

class StaggeredRace<T> implements CrewOwner {
  private readonly loop: EventLoop;
  private readonly starters: readonly CoroutineLike<T>[];
  private readonly delay: number | null;
  private readonly discard: ((value: T) => void) | null;
  private readonly crew: Crew;
  private readonly errors: unknown[] = [];
  private winner: { readonly value: T; readonly index: number } | null = null;
  private timer: TimerHandle | null = null;
  private stopped: boolean = false;

  constructor(starters: readonly CoroutineLike<T>[], delay: number | null, discard: ((value: T) => void) | null) {
    this.loop = getRunningLoop();
    this.starters = starters;
    this.delay = delay;
    this.discard = discard;
    this.crew = new Crew(this.loop, this, driverHere()?._scope ?? null);
  }

  *run(): CoroutineGenerator<StaggeredRaceResult<T>> {
    let failure: unknown = null;
    try {
      this.startNext();
      yield* this.crew.ended();
    } catch (error) {
      failure = error;
      this.stop();
    }
    const later = yield* this.crew.join();
    failure ??= later;
    if (failure !== null) {
      if (this.winner !== null) this.discard?.(this.winner.value);
      throw failure;
    }
    return [this.winner?.value ?? null, this.winner?.index ?? null, this.errors];
  }

  private startNext(): void {
    this.timer?.cancel();
    this.timer = null;
    const index = this.errors.length;
    if (this.stopped || index >= this.starters.length) return;
    this.errors.push(null);
    this.crew.start(this.starters[index]!, index);
    if (this.delay !== null && index + 1 < this.starters.length) {
      this.timer = this.loop.callLater(this.delay, () => this.startNext());
    }
  }

  _memberDone(member: Future<unknown>, index: number): void {
    if (member._state !== FINISHED) {
      this.errors[index] = member._takeError();
      if (index === this.errors.length - 1) this.startNext();
    } else if (this.stopped) {
      this.discard?.(member._value as T);
    } else {
      this.winner = { value: member._value as T, index };
      this.stop();
    }
  }

  private stop(): void {
    this.stopped = true;
    this.timer?.cancel();
    this.crew.cancel();
  }
}

function* staggeredRaceBody<T>(
  starters: readonly CoroutineLike<T>[],
  delay: number | null,
  discard: ((value: T) => void) | null,
): CoroutineGenerator<StaggeredRaceResult<T>> {
  return yield* new StaggeredRace(starters, delay, discard).run();
}

const definition = define(staggeredRaceBody as never, "staggeredRace");
