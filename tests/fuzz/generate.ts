import { seededRandom } from "../../packages/asyncio/src/testing/random.ts";
import { type Action, type Block, FUTURES, type Item, type NewTask, type Program, type Statement } from "./program.ts";

const DELAYS = [0, 0, 1, 1, 2, 3, 4, 0.5];
const TIMEOUTS = [0, 1, 2, null, 3];

/** The program of a seed. With `eager`, some of its tasks start eagerly. */
export function generate(seed: number, options: { readonly eager?: boolean } = {}): Program {
  return new Generator(seed, options.eager ?? false).program();
}

/** Where a statement stands. */
interface Place {
  readonly depth: number;
  /** The slots of the task it belongs to and of those above: awaiting them would wait for ever. */
  readonly above: ReadonlySet<number>;
  /** Whether a task group is open that it may give tasks to. */
  readonly inGroup: boolean;
}

class Generator {
  private readonly seed: number;
  private readonly eager: boolean;
  private readonly random: () => number;
  private slots: number = 0;
  private ids: number = 0;
  /** How many more statements the program may have; at zero only leaves come. */
  private budget: number;

  constructor(seed: number, eager: boolean) {
    this.seed = seed;
    this.eager = eager;
    this.random = seededRandom(seed * 7919 + 13);
    this.budget = 14 + this.below(26);
  }

  program(): Program {
    const slot = this.slots++;
    const block = this.block({ depth: -1, above: new Set([slot]), inGroup: false }, 4 + this.below(5));
    return { seed: this.seed, main: { slot, block, eager: false } };
  }

  private block(outer: Place, count: number): Block {
    const place = { ...outer, depth: outer.depth + 1 };
    const native = this.chance(0.5);
    const bare = this.chance(0.5);
    const body: Statement[] = [];
    for (let i = 0; i < count && this.budget > 0; i++) body.push(this.statement(place));
    return { native, bare, body };
  }

  private statement(place: Place): Statement {
    this.budget--;
    const leaf = place.depth > 5 || this.budget <= 0;
    const kind = this.below(leaf ? 40 : 100);
    if (kind < 10) return { do: "sleep", delay: this.pick(DELAYS) };
    if (kind < 13) return { do: "sleep", delay: 0 };
    if (kind < 17) return { do: "say", id: ++this.ids };
    if (kind < 22) return { do: "await future", future: this.below(FUTURES) };
    if (kind < 27) return this.withTask(place, (slot) => ({ do: "await task", slot }));
    if (kind < 32) return this.action();
    if (kind < 33) return { do: "call soon", actions: this.actions() };
    if (kind < 35) return { do: "call later", delay: this.pick(DELAYS), actions: this.actions() };
    if (kind < 36) return { do: "throw", text: `x${this.below(9)}` };
    if (kind < 37) return { do: "return", value: this.below(9) };
    if (kind < 38) return { do: "uncancel" };
    if (kind < 39) return { do: "set variable", value: this.below(9) };
    if (kind < 40) return { do: "cancel myself", reason: this.chance(0.5) ? "s" : null };
    return this.compound(place, kind);
  }

  private compound(place: Place, kind: number): Statement {
    const alone = { ...place, inGroup: false };
    if (kind < 54) {
      return { do: "create task", task: this.newTask(alone), inGroup: place.inGroup && this.chance(0.7) };
    }
    if (kind < 60) return { do: "call", block: this.block(alone, 1 + this.below(4)) };
    if (kind < 70) return this.tryStatement(place);
    if (kind < 78) {
      const delay = this.pick([0, 0, 1, 2, 3, 0.5, null, -1]);
      const reschedule = this.chance(0.25) ? { after: this.pick(DELAYS), to: this.pick([0, 1, 2, null]) } : null;
      return { do: "timeout", delay, reschedule, block: this.block(place, 1 + this.below(3)) };
    }
    if (kind < 80) {
      return { do: "wait for block", timeout: this.pick(TIMEOUTS), block: this.block(alone, 1 + this.below(4)) };
    }
    if (kind < 82) {
      const timeout = this.pick(TIMEOUTS);
      return this.withTask(place, (slot) => ({ do: "wait for task", timeout, slot }));
    }
    if (kind < 89) return { do: "task group", block: this.block({ ...place, inGroup: true }, 2 + this.below(3)) };
    if (kind < 93) {
      const items = this.items(place, this.below(4));
      return {
        do: "gather",
        items,
        returnExceptions: this.chance(0.4),
        keepAs: this.chance(0.4) ? this.below(2) : null,
      };
    }
    if (kind < 95) return { do: "shield", item: this.item(place) };
    if (kind < 98) {
      const slots = Array.from({ length: 1 + this.below(3) }, () => this.taskToAwait(place));
      return {
        do: "wait",
        slots: slots.filter((slot) => slot !== null),
        timeout: this.pick([null, null, 0, 1, 2]),
        returnWhen: this.pick(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"] as const),
      };
    }
    return { do: "as completed", items: this.items(place, 1 + this.below(3)), timeout: this.pick([null, null, 1]) };
  }

  private tryStatement(place: Place): Statement {
    return {
      do: "try",
      block: this.block(place, 1 + this.below(3)),
      catches: this.pick(["cancelled", "own", "any", "timeout"] as const),
      handler: this.block(place, 1 + this.below(3)),
      afterwards: this.pick(["rethrow", "throw another", "go on"] as const),
      finally: this.chance(0.4) ? this.block(place, 1 + this.below(2)) : null,
    };
  }

  private newTask(place: Place): NewTask {
    const slot = this.slots++;
    const above = new Set([...place.above, slot]);
    const block = this.block({ depth: place.depth, above, inGroup: false }, 1 + this.below(4));
    return { slot, block, eager: this.eager && this.chance(0.5) };
  }

  private items(place: Place, count: number): Item[] {
    return Array.from({ length: count }, () => this.item(place));
  }

  private item(place: Place): Item {
    const kind = this.below(4);
    if (kind === 0) return { future: this.below(FUTURES) };
    const task = kind === 1 ? this.taskToAwait(place) : null;
    return task === null ? { ...this.newTask(place), eager: false } : { task };
  }

  private withTask(place: Place, make: (slot: number) => Statement): Statement {
    const slot = this.taskToAwait(place);
    return slot === null ? { do: "sleep", delay: 0 } : make(slot);
  }

  private taskToAwait(place: Place): number | null {
    const slots = Array.from({ length: this.slots }, (_, slot) => slot).filter((slot) => !place.above.has(slot));
    return slots.length === 0 ? null : this.pick(slots);
  }

  private actions(): Action[] {
    return Array.from({ length: 1 + this.below(2) }, () => this.action());
  }

  private action(): Action {
    const kind = this.below(9);
    const future = this.below(FUTURES);
    const reason = this.chance(0.5) ? `m${this.below(9)}` : null;
    if (kind < 2) return { do: "set result", future, value: this.below(100) };
    if (kind === 2) return { do: "set exception", future, text: `e${this.below(9)}` };
    if (kind === 3) return { do: "cancel future", future, reason };
    if (kind < 7) return { do: "cancel task", slot: this.below(this.slots + 2), reason };
    if (kind === 7) return { do: "cancel gather", gather: this.below(2) };
    return { do: "note", id: ++this.ids };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}
