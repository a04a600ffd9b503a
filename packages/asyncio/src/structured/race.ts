import { driverHere } from "../tasks/ambient.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { type CoroutineLike, closeUnstarted, isCoroutineLike, notACoroutine } from "../tasks/coroutine-like.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { ensureFuture } from "../tasks/ensure-future.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FINISHED, type Future } from "../tasks/future.ts";
import { isCoroutine, isFuture } from "../tasks/kinds.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { Crew, type CrewOwner, reportBesides } from "./crew.ts";
import { ExceptionGroup } from "./exception-group.ts";
import type { ResultOf } from "./gather.ts";

/** What can be raced: what can be stopped. */
// biome-ignore lint/suspicious/noExplicitAny: the results are inferred one by one
export type Racer = CoroutineLike<any> | Future<any>;

/**
 * Runs awaitables concurrently until the first is done, and gives its result or throws its error; the others are
 * cancelled first, and have cleaned up. Functions and coroutines become tasks; tasks and futures that lose are
 * cancelled, too. Errors of the losers go to the loop's exception handler. Cancelling it cancels them all.
 * Throws `TypeError` for a promise, which could not be stopped, and `RangeError` for none at all.
 * asyncio has no counterpart (`wait` leaves the losers running).
 */
export function race<const A extends readonly Racer[]>(racers: A): Coroutine<ResultOf<A[number]>> {
  return new FunctionCoroutine(raceDefinition, undefined, [checked(racers, "race")]);
}

/**
 * As `race`, but for the first that succeeds. When none does it throws an `ExceptionGroup` of all errors, in the order of
 * the arguments; otherwise errors that came before the success are ignored.
 */
export function any<const A extends readonly Racer[]>(racers: A): Coroutine<ResultOf<A[number]>> {
  return new FunctionCoroutine(anyDefinition, undefined, [checked(racers, "any")]);
}

function checked(racers: readonly Racer[], name: string): readonly Racer[] {
  if (isFuture(racers) || isCoroutine(racers) || typeof racers !== "object" || !(Symbol.iterator in racers)) {
    throw new TypeError(`${name}() takes a list of coroutines, functions, tasks and futures`);
  }
  const given = [...new Set(racers)];
  const bad = given.find((racer) => !isRacer(racer));
  if (bad === undefined && given.length > 0) return given;
  for (const racer of given) closeUnstarted(racer); // Reported here; not once more as never awaited.
  if (given.length === 0) throw new RangeError(`${name}() of nothing would never end`);
  throw notACoroutine(bad);
}

function isRacer(value: unknown): boolean {
  return isFuture(value) || isCoroutineLike(value);
}

class Contest implements CrewOwner {
  private readonly name: string;
  private readonly firstSuccess: boolean;
  private readonly loop: EventLoop;
  private readonly crew: Crew;
  private winner: Future<unknown> | null = null;
  private stopping: boolean = false;
  /** By the number of the racer. */
  private readonly errors: unknown[] = [];

  constructor(name: string, firstSuccess: boolean) {
    this.name = name;
    this.firstSuccess = firstSuccess;
    this.loop = getRunningLoop();
    this.crew = new Crew(this.loop, this, driverHere()?._scope ?? null);
  }

  *run(racers: readonly Racer[]): CoroutineGenerator<unknown> {
    const { crew } = this;
    let failure: unknown = null;
    try {
      for (let i = 0; i < racers.length; i++) {
        const racer = racers[i]!;
        if (isFuture(racer)) crew.add(ensureFuture(racer, { loop: this.loop }), i);
        else crew.start(racer as CoroutineLike<unknown>, i);
      }
      yield* crew.ended();
    } catch (error) {
      failure = error; // A cancellation, or a future of another loop.
      for (const racer of racers) closeUnstarted(racer);
      this.stop();
    }
    const later = yield* crew.join();
    return this.outcome(failure ?? later);
  }

  private outcome(failure: unknown): unknown {
    const { winner } = this;
    const errors = this.errors.filter(() => true); // Without the gaps.
    if (failure === null && winner === null) throw new ExceptionGroup("all have failed in any()", errors);
    reportBesides(this.loop, `${this.name}()`, errors);
    if (failure !== null) throw failure;
    if (winner!._state === FINISHED) return winner!._value;
    throw winner!._takeError();
  }

  _memberDone(member: Future<unknown>, key: number): void {
    const succeeded = member._state === FINISHED;
    if (!this.stopping && (succeeded || !this.firstSuccess)) {
      this.winner = member;
      if (this.firstSuccess) this.errors.length = 0;
      return this.stop();
    }
    if (!succeeded) this.errors[key] = member._takeError();
  }

  private stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.crew.cancel();
  }
}

function* raceBody(racers: readonly Racer[]): CoroutineGenerator<unknown> {
  return yield* new Contest("race", false).run(racers);
}

function* anyBody(racers: readonly Racer[]): CoroutineGenerator<unknown> {
  return yield* new Contest("any", true).run(racers);
}

const raceDefinition = define(raceBody as never, "race");
const anyDefinition = define(anyBody as never, "any");
