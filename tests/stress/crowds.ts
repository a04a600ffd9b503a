// Crowds that wait for one primitive, to count what it takes to serve or dismiss them.

import {
  Barrier,
  CapacityLimiter,
  Condition,
  type CoroutineGenerator,
  cancelScope,
  createTask,
  Event,
  Lock,
  openMemoryChannel,
  Queue,
  run,
  Semaphore,
  sleep,
  type Task,
  taskGroup,
} from "asyncio-ts";
import { quickLoop } from "./actors.ts";
import { assert } from "./bookkeeping.ts";

/** A crowd waits, is let go (or cancelled), and is gone. */
interface Crowd {
  /** What one of the crowd does. */
  readonly member: () => CoroutineGenerator<unknown>;
  /** Called once when all wait. */
  readonly letGo: () => void;
  /** How many stand in line. */
  readonly waiting: () => number;
}

function* enterAndLeave(what: { acquire: Lock["acquire"] }): CoroutineGenerator<void> {
  const guard = yield* what.acquire();
  guard.release();
}

export const crowds: Readonly<Record<string, (size: number) => Crowd>> = {
  Lock() {
    const lock = new Lock();
    void createTask(lock.acquire());
    return gate(lock, () => lock.release(), lock);
  },
  Semaphore() {
    const semaphore = new Semaphore(0);
    return gate(semaphore, () => semaphore.release(), semaphore);
  },
  CapacityLimiter() {
    const limiter = new CapacityLimiter(1);
    const guard = limiter.acquireOnBehalfOfNowait("somebody");
    return gate(limiter, () => guard.release(), limiter);
  },
  Event() {
    const event = new Event();
    return { member: () => waitFor(event), letGo: () => event.set(), waiting: () => event.statistics().waiters };
  },
  Condition() {
    const condition = new Condition();
    return {
      *member() {
        const guard = yield* condition.acquire();
        try {
          yield* condition.wait();
        } finally {
          guard.release();
        }
      },
      letGo: () =>
        void createTask(function* () {
          const guard = yield* condition.acquire();
          condition.notifyAll();
          guard.release();
        }),
      waiting: () => condition.statistics().waiters + condition.statistics().lock.waiters,
    };
  },
  Barrier(size) {
    const barrier = new Barrier(size + 1);
    return {
      *member() {
        yield* barrier.wait();
      },
      letGo: () => void createTask(barrier.wait()),
      waiting: () => barrier.nWaiting,
    };
  },
  "Queue.get": (size) => {
    const queue = new Queue<number>();
    return {
      *member() {
        yield* queue.get();
      },
      letGo() {
        for (let i = 0; i < size; i++) queue.putNowait(i);
      },
      waiting: () => queue.statistics().tasksWaitingGet,
    };
  },
  "Queue.put": (size) => {
    const queue = new Queue<number>(1);
    queue.putNowait(0);
    return {
      *member() {
        yield* queue.put(1);
      },
      letGo: () =>
        void createTask(function* () {
          for (let i = 0; i <= size; i++) yield* queue.get();
        }),
      waiting: () => queue.statistics().tasksWaitingPut,
    };
  },
  "a channel": (size) => {
    const [sending, receiving] = openMemoryChannel<number>(0);
    return {
      *member() {
        yield* receiving.receive();
      },
      letGo() {
        for (let i = 0; i < size; i++) sending.sendNowait(i);
      },
      waiting: () => sending.statistics().tasksWaitingReceive,
    };
  },
};

function gate(what: { acquire: Lock["acquire"] }, open: () => void, statistics: { statistics(): { waiters: number } }) {
  return { member: () => enterAndLeave(what), letGo: open, waiting: () => statistics.statistics().waiters };
}

function* waitFor(event: Event): CoroutineGenerator<void> {
  yield* event.wait();
}

export const endings = [
  "let go",
  "cancelled in order",
  "cancelled in reverse",
  "every second cancelled",
  "cancelled by a scope",
];

/** How many handles the loop has run for a crowd from its arrival to its end. */
export async function countHandles(name: string, ending: string, size: number): Promise<number> {
  const loop = quickLoop(null);
  let handles = 0;
  (loop as unknown as { _monitor: unknown })._monitor = { before: () => {}, after: () => handles++ };
  await run(
    async () => {
      const crowd = crowds[name]!(size);
      if (ending === "cancelled by a scope") {
        await cancelScope((scope) =>
          taskGroup(async (group) => {
            for (let i = 0; i < size; i++) group.createTask(crowd.member);
            await sleep(1);
            assert(crowd.waiting() === size, `${crowd.waiting()} of ${size} wait`);
            scope.cancel();
          }),
        );
      } else {
        await dismiss(crowd, ending, size);
      }
      assert(crowd.waiting() === 0, `${crowd.waiting()} still wait`);
    },
    { loopFactory: () => loop, handleSignals: false },
  );
  return handles;
}

async function dismiss(crowd: Crowd, ending: string, size: number): Promise<void> {
  const tasks = new Array<Task<unknown>>(size);
  for (let i = 0; i < size; i++) tasks[i] = createTask(crowd.member);
  await sleep(1);
  assert(crowd.waiting() === size, `${crowd.waiting()} of ${size} wait`);
  if (ending === "every second cancelled") for (let i = 0; i < size; i += 2) tasks[i]!.cancel();
  if (ending === "cancelled in order") for (const task of tasks) task.cancel();
  if (ending === "cancelled in reverse") for (let i = size - 1; i >= 0; i--) tasks[i]!.cancel();
  if (ending === "let go") crowd.letGo();
  await sleep(1);
  if (ending !== "every second cancelled") return;
  for (const task of tasks) task.cancel();
  await sleep(1);
}
