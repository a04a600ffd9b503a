// Small reference models of the primitives. A random program runs on the primitive and on its model; whenever nothing is
// left to do the two must agree. What happens within one iteration may come in any mixture.

import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  CapacityLimiter,
  Condition,
  Event,
  type Guard,
  Lock,
  run,
  Semaphore,
} from "asyncio-ts";
import fc from "fast-check";
import { type Actor, quickLoop, settle, Troupe } from "./actors.ts";
import { assert } from "./bookkeeping.ts";
import { of, type ScriptGenerator } from "./kinds.ts";

/** One line of a program: what to do, and on whom (a number that is taken modulo those who can). */
interface Action {
  readonly op: string;
  readonly n: number;
  /** Whether everything comes to rest before the next action. */
  readonly rest: boolean;
}

interface Program {
  readonly kind: string;
  readonly seed: number | null;
  readonly size: number;
  readonly actions: readonly Action[];
}

/** A primitive with its model. */
interface Pair {
  /** Does it to both. */
  act(action: Action): Promise<void> | void;
  /** Throws when the two differ. */
  compare(): void;
  /** Makes everybody leave. */
  end(): Promise<void> | void;
  /** Throws when something is left. */
  atEnd(): void;
}

function programs(ops: readonly string[], options: { readonly seeds: boolean; readonly mixtures: boolean }) {
  // Eager native code is inexact in browsers.
  const kindNames = "document" in globalThis ? ["generator"] : ["generator", "native", "alternating"];
  return fc.record<Program>({
    kind: fc.constantFrom(...kindNames),
    seed: options.seeds ? fc.option(fc.nat({ max: 1000 })) : fc.constant(null),
    size: fc.integer({ min: 1, max: 3 }),
    actions: fc.array(
      fc.record<Action>({
        op: fc.constantFrom(...ops),
        n: fc.nat({ max: 20 }),
        rest: options.mixtures ? fc.boolean() : fc.constant(true),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  });
}

function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(from.length, 1)];
}

function expectSame(what: string, real: unknown, model: unknown): void {
  const [a, b] = [JSON.stringify(real), JSON.stringify(model)];
  assert(a === b, `${what}: ${a}, and in the model ${b}`);
}

async function play(program: Program, makePair: (troupe: Troupe, size: number) => Pair): Promise<void> {
  const loop = quickLoop(program.seed);
  const reports: string[] = [];
  loop.setExceptionHandler((_, { message }) => void reports.push(message));
  await run(
    async () => {
      const troupe = new Troupe(program.kind);
      const pair = makePair(troupe, program.size);
      for (const action of program.actions) {
        await pair.act(action);
        if (!action.rest) continue;
        await settle();
        pair.compare();
      }
      await settle();
      pair.compare();
      await pair.end();
      await settle();
      pair.atEnd();
      assert(troupe.someoneFailed === undefined, String(troupe.someoneFailed));
    },
    { loopFactory: () => loop, handleSignals: false },
  );
  expectSame("reports", reports, []);
}

// ---- what has permits

/** First come, first served. */
class FifoModel {
  permits: number;
  readonly holders: Set<number> = new Set();
  queue: number[] = [];
  private readonly going: Set<number> = new Set();

  constructor(permits: number) {
    this.permits = permits;
  }

  acquire(id: number): void {
    this.queue.push(id);
    this.grant();
  }

  release(id: number): void {
    if (this.holders.delete(id)) this.permits++;
    this.grant();
  }

  /** Who is cancelled stands in line no more; what it has comes back when it goes on. */
  leave(id: number): void {
    this.queue = this.queue.filter((other) => other !== id);
    this.going.add(id);
  }

  rest(): void {
    for (const id of this.going) this.release(id);
    this.going.clear();
  }

  grant(): void {
    while (this.permits > 0 && this.queue.length > 0) {
      this.permits--;
      this.holders.add(this.queue.shift()!);
    }
  }
}

interface Acquirable {
  acquire(): ReturnType<Lock["acquire"]>;
}

class FifoPair implements Pair {
  readonly model: FifoModel;
  readonly real: Acquirable;
  private readonly troupe: Troupe;
  private readonly state: () => { free: number; waiters: number };
  private readonly guards: Map<number, Guard> = new Map();
  private readonly cancelled: Set<number> = new Set();

  constructor(troupe: Troupe, permits: number, real: Acquirable, state: () => { free: number; waiters: number }) {
    this.troupe = troupe;
    this.model = new FifoModel(permits);
    this.real = real;
    this.state = state;
  }

  async act({ op, n }: Action): Promise<void> {
    const { model, troupe } = this;
    if (op === "acquire") {
      model.acquire(troupe.actors.length);
      return await troupe.start((actor) => this.hold(actor));
    }
    if (op === "release") {
      // Only who knows that it has a permit can give it back.
      const id = pick(
        troupe.in("has").filter((each) => model.holders.has(each)),
        n,
      );
      if (id === undefined) return;
      this.guards.get(id)!.release();
      troupe.tell(id, "leave");
      return model.release(id);
    }
    const id = pick([...model.queue, ...model.holders], n);
    if (id === undefined) return;
    troupe.cancel(id);
    this.cancelled.add(id);
    model.leave(id);
  }

  private *hold(actor: Actor): ScriptGenerator<void> {
    const guard = yield* of(this.real.acquire());
    actor.state = "has";
    this.guards.set(actor.id, guard);
    try {
      yield* actor.order();
      actor.state = "left";
    } finally {
      guard.release();
    }
  }

  compare(): void {
    const { model, troupe } = this;
    model.rest();
    const ascending = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);
    expectSame("holders", troupe.in("has"), ascending(model.holders));
    expectSame("waiting", troupe.in("waiting"), ascending(model.queue));
    expectSame("cancelled", troupe.in("cancelled"), ascending(this.cancelled));
    expectSame("state", this.state(), { free: model.permits, waiters: model.queue.length });
  }

  end(): void {
    for (const { id } of this.troupe.actors) this.troupe.cancel(id);
    for (const id of [...this.model.queue, ...this.model.holders]) this.model.leave(id);
  }

  atEnd(): void {
    this.model.rest();
    expectSame("state", this.state(), { free: this.model.permits, waiters: 0 });
  }
}

class LimiterPair extends FifoPair {
  private total: number;

  constructor(troupe: Troupe, size: number) {
    const limiter = new CapacityLimiter(size);
    super(troupe, size, limiter, () => ({ free: limiter.availableTokens, waiters: limiter.statistics().waiters }));
    this.total = size;
  }

  override async act(action: Action): Promise<void> {
    if (action.op !== "resize") return await super.act(action);
    const total = 1 + (action.n % 4);
    this.model.permits += total - this.total;
    this.total = total;
    (this.real as CapacityLimiter).totalTokens = total;
    this.model.grant();
  }
}

/** A semaphore whose permits anybody may add to. */
class SemaphorePair extends FifoPair {
  constructor(troupe: Troupe, size: number) {
    const semaphore = new Semaphore(size - 1);
    super(troupe, size - 1, semaphore, () => {
      const { value: free, waiters } = semaphore.statistics();
      return { free, waiters };
    });
  }

  override async act(action: Action): Promise<void> {
    if (action.op !== "add") return await super.act(action);
    (this.real as Semaphore).release();
    this.model.permits++;
    this.model.grant();
  }
}

// ---- Event

class EventPair implements Pair {
  private readonly troupe: Troupe;
  private readonly event: Event = new Event();
  private isSet: boolean = false;
  private readonly states: string[] = [];

  constructor(troupe: Troupe) {
    this.troupe = troupe;
  }

  async act({ op, n }: Action): Promise<void> {
    const { event, states, troupe } = this;
    if (op === "wait") {
      states.push(this.isSet ? "passed" : "waiting");
      return await troupe.start(function* (actor) {
        yield event.wait();
        actor.state = "passed";
      });
    }
    if (op === "set") {
      event.set();
      this.isSet = true;
      states.forEach((state, id) => {
        if (state === "waiting") states[id] = "woken";
      });
    } else if (op === "clear") {
      event.clear();
      this.isSet = false;
    } else {
      // Also one that is woken and has not gone on.
      const waiting = states.flatMap((state, id) => (state === "waiting" || state === "woken" ? [id] : []));
      const id = pick(waiting, n);
      if (id === undefined) return;
      if (troupe.actors[id]!.state === "waiting") states[id] = "cancelled";
      troupe.cancel(id);
    }
  }

  compare(): void {
    this.states.forEach((state, id) => {
      if (state === "woken") this.states[id] = "passed";
    });
    expectSame("states", this.troupe.states, this.states);
    const waiters = this.states.filter((state) => state === "waiting").length;
    expectSame("statistics", this.event.statistics(), { isSet: this.isSet, waiters });
  }

  end(): void {
    this.event.set();
  }

  atEnd(): void {
    expectSame("statistics", this.event.statistics(), { isSet: true, waiters: 0 });
    expectSame("waiting", this.troupe.in("waiting"), []);
  }
}

// ---- Condition

class ConditionPair implements Pair {
  private readonly troupe: Troupe;
  private readonly condition: Condition = new Condition();
  private readonly lock: FifoModel = new FifoModel(1);
  /** Who waits to be notified. */
  private waiting: number[] = [];
  /** Who stands in the lock's queue for the second time, after a `wait`. */
  private readonly returning: Set<number> = new Set();
  /** Who was cancelled in `wait`, and must get the lock before it can go. */
  private readonly leaving: Set<number> = new Set();
  private readonly cancelled: Set<number> = new Set();

  constructor(troupe: Troupe) {
    this.troupe = troupe;
  }

  private get holder(): number | undefined {
    return [...this.lock.holders][0];
  }

  async act({ op, n }: Action): Promise<void> {
    const { condition, lock, troupe } = this;
    const { holder } = this;
    if (op === "acquire") {
      lock.acquire(troupe.actors.length);
      await troupe.start((actor) => this.hold(actor));
    } else if (op === "cancel") {
      const id = pick([...lock.queue, ...this.waiting, ...lock.holders], n);
      if (id !== undefined) this.cancel(id);
    } else if (holder !== undefined && troupe.actors[holder]!.state === "has") {
      if (op === "notify") {
        const count = n % 3;
        condition.notify(count);
        this.notify(count);
      } else {
        troupe.tell(holder, op);
        if (op === "wait") this.waiting.push(holder);
        lock.release(holder);
      }
    }
    this.goOn();
  }

  private *hold(actor: Actor): ScriptGenerator<void> {
    const guard = yield* of(this.condition.acquire());
    try {
      for (;;) {
        actor.state = "has";
        if ((yield* actor.order()) === "release") break;
        actor.state = "notifiable";
        yield this.condition.wait();
      }
      actor.state = "left";
    } finally {
      assert(this.condition.locked(), "the lock was not got back");
      guard.release();
    }
  }

  private notify(count: number): void {
    for (const id of this.waiting.splice(0, count)) {
      this.returning.add(id);
      this.lock.acquire(id);
    }
  }

  private cancel(id: number): void {
    this.troupe.cancel(id);
    if (this.waiting.includes(id)) {
      this.waiting = this.waiting.filter((other) => other !== id);
      this.leaving.add(id);
      this.lock.acquire(id);
    } else if ((this.returning.has(id) || this.leaving.has(id)) && this.lock.queue.includes(id)) {
      // It asks for the lock anew, at the end of the line, as in asyncio.
      this.leaving.add(id);
      this.lock.queue = [...this.lock.queue.filter((other) => other !== id), id];
    } else if (!this.leaving.has(id)) {
      this.cancelled.add(id);
      this.lock.leave(id);
      this.lock.rest();
    }
  }

  /** Who was cancelled goes as soon as it has the lock, and gives its notification to the next. */
  private goOn(): void {
    for (let id = this.holder; id !== undefined; id = this.holder) {
      if (!this.leaving.delete(id)) {
        this.returning.delete(id);
        return;
      }
      this.returning.delete(id);
      this.cancelled.add(id);
      this.lock.release(id);
      this.notify(1);
    }
  }

  compare(): void {
    const { troupe, lock } = this;
    expectSame("holder", troupe.in("has"), [...lock.holders]);
    expectSame(
      "cancelled",
      troupe.in("cancelled"),
      [...this.cancelled].sort((a, b) => a - b),
    );
    const { waiters, lock: statistics } = this.condition.statistics();
    expectSame("waiters", waiters, this.waiting.length);
    expectSame("waiters of the lock", statistics.waiters, lock.queue.length);
    expectSame("locked", statistics.locked, lock.holders.size > 0);
  }

  async end(): Promise<void> {
    for (let i = 0; i < 100; i++) {
      for (const { id } of this.troupe.actors) this.troupe.cancel(id);
      await settle();
    }
  }

  atEnd(): void {
    const { waiters, lock } = this.condition.statistics();
    expectSame("state", [waiters, lock.locked, lock.waiters], [0, false, 0]);
  }
}

// ---- Barrier

class BarrierPair implements Pair {
  private readonly troupe: Troupe;
  private readonly barrier: Barrier;
  private readonly parties: number;
  private waiting: { readonly id: number; readonly number: number }[] = [];
  private broken: boolean = false;
  private readonly states: string[] = [];

  constructor(troupe: Troupe, size: number) {
    this.troupe = troupe;
    this.parties = size;
    this.barrier = new Barrier(size);
  }

  async act({ op, n }: Action): Promise<void> {
    const { barrier, states, troupe } = this;
    if (op === "wait") {
      this.arrive(states.length);
      await troupe.start(function* (actor) {
        try {
          actor.state = `through as ${yield* of(barrier.wait())}`;
        } catch (error) {
          if (!(error instanceof BrokenBarrierError)) throw error;
          actor.state = "broken";
        }
      });
    } else if (op === "cancel") {
      const who = pick(this.waiting, n);
      if (who === undefined) return;
      this.waiting = this.waiting.filter((other) => other !== who);
      states[who.id] = "cancelled";
      troupe.cancel(who.id);
    } else {
      for (const { id } of this.waiting) states[id] = "broken";
      this.waiting = [];
      this.broken = op === "abort";
      await (op === "abort" ? barrier.abort() : barrier.reset());
    }
  }

  private arrive(id: number): void {
    if (this.broken) {
      this.states.push("broken");
      return;
    }
    this.states.push("waiting");
    this.waiting.push({ id, number: this.waiting.length });
    if (this.waiting.length < this.parties) return;
    for (const each of this.waiting) this.states[each.id] = `through as ${each.number}`;
    this.waiting = [];
  }

  compare(): void {
    expectSame("states", this.troupe.states, this.states);
    expectSame("broken", this.barrier.broken, this.broken);
    expectSame("nWaiting", this.barrier.nWaiting, this.waiting.length);
  }

  async end(): Promise<void> {
    await this.barrier.abort();
  }

  atEnd(): void {
    expectSame("waiting", this.troupe.in("waiting"), []);
    expectSame("nWaiting", this.barrier.nWaiting, 0);
  }
}

// ---- all of them

interface Subject {
  readonly programs: fc.Arbitrary<Program>;
  readonly pair: (troupe: Troupe, size: number) => Pair;
}

const mixed = { seeds: true, mixtures: true };

export const subjects: Readonly<Record<string, Subject>> = {
  Lock: {
    programs: programs(["acquire", "acquire", "release", "cancel"], mixed),
    pair(troupe) {
      const lock = new Lock();
      return new FifoPair(troupe, 1, lock, () => ({ free: lock.locked() ? 0 : 1, waiters: lock.statistics().waiters }));
    },
  },
  Semaphore: {
    programs: programs(["acquire", "acquire", "release", "cancel", "add"], mixed),
    pair: (troupe, size) => new SemaphorePair(troupe, size),
  },
  BoundedSemaphore: {
    programs: programs(["acquire", "acquire", "release", "cancel"], mixed),
    pair(troupe, size) {
      const semaphore = new BoundedSemaphore(size);
      return new FifoPair(troupe, size, semaphore, () => {
        const { value: free, waiters } = semaphore.statistics();
        return { free, waiters };
      });
    },
  },
  CapacityLimiter: {
    programs: programs(["acquire", "acquire", "release", "cancel", "resize"], mixed),
    pair: (troupe, size) => new LimiterPair(troupe, size),
  },
  Event: {
    programs: programs(["wait", "wait", "set", "clear", "cancel"], mixed),
    pair: (troupe) => new EventPair(troupe),
  },
  Condition: {
    programs: programs(["acquire", "acquire", "wait", "wait", "notify", "release", "cancel"], {
      seeds: false,
      mixtures: false,
    }),
    pair: (troupe) => new ConditionPair(troupe),
  },
  Barrier: {
    programs: programs(["wait", "wait", "wait", "cancel", "abort", "reset"], { seeds: true, mixtures: false }),
    pair: (troupe, size) => new BarrierPair(troupe, size),
  },
};

/** Runs so many random programs; the error of one that differs says how to repeat it. */
export async function compareWithModel(name: string, runs: number): Promise<void> {
  const { programs, pair } = subjects[name]!;
  await fc.assert(
    fc.asyncProperty(programs, (program) => play(program, pair)),
    // The everyday run is the same every day; the long one looks further.
    { numRuns: runs, ...(runs <= 300 && { seed: 1 }) },
  );
}
