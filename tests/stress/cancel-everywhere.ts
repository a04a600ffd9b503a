// Disturbs every task of a scenario at every moment, each in a run of its own on the virtual clock.
//
// A moment is the gap between two handles of the loop, which is where another task or callback could call `cancel()`.
// A native step's microtasks belong to it. Among the moments of a task are therefore: before its first step, each of its
// suspensions, and each gap between its wake-up and its resumption.

import { allTasks, type Body, createTask, isCancelled, type Task, wait } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { attacks, describe, type MakeAttack } from "./attacks.ts";
import { type Kind, kinds, type Script } from "./kinds.ts";

/** One run of a scenario: fresh objects, and the tasks that use them. */
export interface Play {
  /** The tasks that are disturbed, one in each run, by name. They start in this order. */
  readonly tasks: Readonly<Record<string, Script<unknown>>>;
  /** Tasks that are never disturbed: suppliers, on whom others depend. */
  readonly helpers?: Readonly<Record<string, Script<unknown>>>;
  /** Called after every handle; throws when something is inconsistent. */
  readonly always?: () => void;
  /** Called when all tasks have ended; throws when something is left. */
  readonly atEnd?: () => void;
  /** What the loop's exception handler may be told. Default: nothing. */
  readonly mayReport?: (message: string) => boolean;
  /** What is done before a cancellation arrives cannot be undone: the body of a timeout may return all the same. */
  readonly mayFinish?: boolean;
  /** How else a task may end that was not attacked. Default: it returns. */
  readonly mayEnd?: (name: string, error: unknown) => boolean;
}
export type Scenario = (kind: Kind) => Play;

export interface Options {
  /** By default all. */
  readonly kinds?: readonly string[];
  /** Attacks, by name; by default all. */
  readonly attacks?: readonly string[];
  /** Orders of the ready handles; null is first in, first out, the default. */
  readonly seeds?: readonly (number | null)[];
  /** Attacks to leave out. */
  readonly except?: readonly string[];
  /** Take only every so-many-th moment, other ones for each attack and victim; default 1: all. */
  readonly every?: number;
}

/** What the harness looks at inside of the loop. */
interface Inner {
  _monitor: { before(): void; after(): void } | null;
  _keepsPlaces: boolean;
  readonly _ready: { readonly length: number };
  readonly _timers: { nextTime(): number };
  readonly _orphans: ReadonlySet<unknown>;
}

interface Moment {
  readonly kind: string;
  readonly attack: string;
  readonly seed: number | null;
  readonly victim: string | null;
  /** How many handles have run since the tasks were made. */
  readonly at: number;
}

/** No scenario needs so many handles. */
const ENDLESS = 20_000;

/** Runs everything and gives the number of runs. Throws at the first that breaks a rule; the message says how to repeat it. */
export async function cancelEverywhere(scenario: Scenario, options: Options = {}): Promise<number> {
  const late: Reports[] = [];
  const { every = 1 } = options;
  let first = 0;
  let runs = 0;
  for (const kind of options.kinds ?? Object.keys(kinds)) {
    for (const seed of options.seeds ?? [null]) {
      const calm = await playOnce(scenario, { kind, attack: "cancel", seed, victim: null, at: -1 }, late);
      for (const attack of options.attacks ?? Object.keys(attacks)) {
        if (options.except?.includes(attack)) continue;
        for (const victim of calm.victims) {
          for (let at = first++ % every; ; at += every, runs++) {
            const { struck } = await playOnce(scenario, { kind, attack, seed, victim, at }, late);
            if (!struck) break;
          }
        }
      }
    }
  }
  // A runtime tells of a lost rejection some time later.
  await new Promise((resolve) => setTimeout(resolve));
  for (const { moment, unexpected } of late) if (unexpected.length > 0) throw new Broken(moment, unexpected);
  return runs;
}

class Broken extends Error {
  constructor(moment: Moment, problems: readonly string[]) {
    super(`${JSON.stringify(moment)}\n${problems.join("\n")}`);
  }
}

interface Reports {
  readonly moment: Moment;
  readonly unexpected: string[];
}

/** Plays a scenario with at most one attack. `struck` is false when the victim had ended before the moment came. */
export async function playOnce(
  scenario: Scenario,
  moment: Moment,
  late: Reports[] = [],
): Promise<{ struck: boolean; victims: readonly string[] }> {
  const loop = new TestLoop(moment.seed === null ? {} : { seed: moment.seed });
  const inner = loop as unknown as Inner;
  inner._keepsPlaces = false; // Stacks for each wait would cost most of the time.
  const problems: string[] = [];
  const stage = new Stage(scenario, moment, problems, loop);
  loop.setExceptionHandler((_, { message, exception }) => stage.report(message, exception));
  inner._monitor = { before: () => {}, after: () => stage.handleDone() };
  try {
    await loop.runUntilComplete(() => stage.main());
    stage.curtain();
    inner._monitor = null;
    await loop.runUntilComplete(function* turn() {
      yield;
    });
    if (inner._ready.length > 0) problems.push(`${inner._ready.length} handles are left in the ready queue`);
    if (inner._timers.nextTime() !== Infinity) problems.push(`a timer is left, due at ${inner._timers.nextTime()}`);
    if (inner._orphans.size > 0) problems.push("a wait of a task that has ended is left");
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  loop.close();
  if (problems.length > 0) throw new Broken(moment, problems);
  late.push({ moment, unexpected: problems });
  return { struck: stage.struck, victims: stage.victims };
}

class Stage {
  struck: boolean = false;
  victims: readonly string[] = [];
  private readonly scenario: Scenario;
  private readonly moment: Moment;
  private readonly problems: string[];
  private play: Play | null = null;
  private readonly tasks: Map<string, Task<unknown>> = new Map();
  private victim: Task<unknown> | null = null;
  private attack: ReturnType<MakeAttack> | null = null;
  private readonly spared: Set<Task<unknown>> = new Set();
  private readonly loop: TestLoop;
  private handles: number = 0;

  constructor(scenario: Scenario, moment: Moment, problems: string[], loop: TestLoop) {
    this.loop = loop;
    this.scenario = scenario;
    this.moment = moment;
    this.problems = problems;
  }

  async main(): Promise<void> {
    const own = [...allTasks()][0]!;
    this.spared.add(own);
    const kind = kinds[this.moment.kind]!();
    const play = this.scenario(kind);
    this.victims = Object.keys(play.tasks);
    for (const [name, script] of Object.entries({ ...play.tasks, ...play.helpers })) {
      const task = createTask(this.bodyOf(name, script, kind), { name });
      this.tasks.set(name, task);
      if (play.helpers !== undefined && name in play.helpers) this.spared.add(task);
    }
    this.victim = this.moment.victim === null ? null : this.tasks.get(this.moment.victim)!;
    this.play = play;
    for (;;) {
      const others = [...allTasks()].filter((task) => task !== own);
      if (others.length === 0) break;
      await wait(others);
    }
  }

  private bodyOf(name: string, script: Script<unknown>, kind: Kind): () => Body<unknown> {
    if (name !== this.moment.victim) return kind(script);
    this.attack = (attacks as Record<string, MakeAttack>)[this.moment.attack]!(script, kind);
    return kind(this.attack.script);
  }

  handleDone(): void {
    if (this.play === null) return;
    const turn = this.handles++ - this.moment.at;
    if (this.handles === ENDLESS) {
      this.problems.push(`the loop spins: ${ENDLESS} handles have run at ${this.loop.time()}`);
      return this.loop.stop();
    }
    try {
      this.play.always?.();
      if (this.victim === null || this.victim.done() || turn < 0) return;
      if (turn === 0) this.struck = true;
      this.attack!.strike(this.victim, turn, this.spared);
    } catch (error) {
      if (this.problems.length === 0) this.problems.push(`after ${this.handles} handles: ${String(error)}`);
    }
  }

  /** All tasks have ended. */
  curtain(): void {
    const { problems } = this;
    const { mayFinish = false } = this.play!;
    this.play!.atEnd?.();
    for (const [name, task] of this.tasks) {
      if (!task.done()) problems.push(`${name} is pending`);
      else if (task === this.victim && this.struck) this.push(name, this.attack!.complaint(task, mayFinish));
      else if (!this.endedWell(name, task)) problems.push(`${name}, which was not attacked, ${describe(task)}`);
    }
  }

  private push(name: string, complaint: string | null): void {
    if (complaint !== null) this.problems.push(`${name} ${complaint}`);
  }

  private endedWell(name: string, task: Task<unknown>): boolean {
    if (task.cancelled() && this.struck && this.moment.attack === "cancel every task") return true;
    let error: unknown;
    try {
      error = task.exception();
    } catch (cancelled) {
      error = cancelled;
    }
    return error === null || this.play!.mayEnd?.(name, error) === true;
  }

  report(message: string, exception: unknown): void {
    if (this.play?.mayReport?.(message) === true) return;
    const what = exception instanceof Error && !isCancelled(exception) ? exception.stack : String(exception);
    this.problems.push(`reported: ${message}: ${what}`);
  }
}
