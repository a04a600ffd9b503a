// Tasks that do what a random program tells them, one for each attempt to get something.

import { createTask, Future, getRunningLoop, isCancelled, sleep, type Task } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Kind, kinds, of, type ScriptGenerator } from "./kinds.ts";

/** What a script tells of itself, and how it is told what to do next. */
export interface Actor {
  readonly id: number;
  state: string;
  /** Waits for the next order. */
  order(): ScriptGenerator<string>;
}

export class Troupe {
  readonly actors: Actor[] = [];
  private readonly tasks: Task<void>[] = [];
  private readonly orders: Future<string>[] = [];
  private readonly kind: Kind;

  constructor(kind: string) {
    this.kind = kinds[kind]!();
  }

  /** Starts an actor at once, as far as it gets without waiting. */
  async start(script: (actor: Actor) => ScriptGenerator<void>): Promise<void> {
    const { orders } = this;
    const id = this.actors.length;
    const actor: Actor = {
      id,
      state: "waiting",
      *order() {
        const order = new Future<string>();
        orders[id] = order;
        return yield* of(order);
      },
    };
    this.actors.push(actor);
    const body = this.kind(function* () {
      try {
        yield* script(actor);
      } catch (error) {
        actor.state = isCancelled(error) ? "cancelled" : `failed: ${String(error)}`;
      }
    });
    this.tasks.push(createTask(body, { eagerStart: true }));
    await microtasks();
  }

  tell(id: number, order: string): void {
    const future = this.orders[id]!;
    if (!future.done()) future.setResult(order);
  }

  cancel(id: number): void {
    this.tasks[id]!.cancel();
  }

  /** The actors in some state. */
  in(state: string): number[] {
    return this.actors.filter((actor) => actor.state === state).map(({ id }) => id);
  }

  get states(): string[] {
    return this.actors.map(({ state }) => state);
  }

  get someoneFailed(): string | undefined {
    return this.actors.find(({ state }) => state.startsWith("failed"))?.state;
  }
}

/** Lets native code that has just been started come to its first wait, within the present step. */
async function microtasks(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve();
}

/** Waits until nothing else is ready. */
export async function settle(): Promise<void> {
  const { _ready: ready } = getRunningLoop() as unknown as { readonly _ready: { readonly length: number } };
  do await sleep(0);
  while (ready.length > 0);
}

/** A test loop that does not record where everything happens. */
export function quickLoop(seed: number | null): TestLoop {
  const loop = new TestLoop(seed === null ? {} : { seed });
  (loop as unknown as { _keepsPlaces: boolean })._keepsPlaces = false;
  return loop;
}
