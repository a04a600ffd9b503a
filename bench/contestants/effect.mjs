// Effect: fibers. `Effect.yieldNow` is its turn of the scheduler. A forked fiber starts in a later turn, as a task does;
// the fibers of forEach start at once, as eager tasks do.
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Latch from "effect/Latch";
import * as Queue from "effect/Queue";
import * as Semaphore from "effect/Semaphore";
import { FairnessServer, liveBytes, main, now } from "../measure.mjs";

const hundred = Array.from({ length: 100 }, (_, i) => i);
const thousand = Array.from({ length: 1000 }, (_, i) => i);
const unbounded = { concurrency: "unbounded" };

const identity = Effect.fnUntraced(function* (value) {
  return value;
});

const spin = Effect.fnUntraced(function* (turns) {
  for (let i = 0; i < turns; i++) yield* Effect.yieldNow;
});

const frame = Effect.fnUntraced(function* (depth) {
  return depth === 0 ? 1 : yield* frame(depth - 1);
});

const frameTurn = Effect.fnUntraced(function* (depth) {
  if (depth === 0) {
    yield* Effect.yieldNow;
    return 1;
  }
  return yield* frameTurn(depth - 1);
});

const sleeper = Effect.fnUntraced(function* () {
  yield* Effect.sleep("1 hour");
});

/** A hundred fibers that hold a permit for a turn, `size` times each. */
function* contend(permits, size) {
  const semaphore = yield* Semaphore.make(permits);
  const worker = Effect.fnUntraced(function* () {
    for (let i = 0; i < size; i++) {
      yield* semaphore.take(1);
      yield* Effect.yieldNow;
      yield* semaphore.release(1);
    }
  });
  yield* Effect.forEach(hundred, worker, unbounded);
  return 100 * size;
}

const tenThousand = Array.from({ length: 10_000 }, (_, i) => i);

const itemOfOneTurn = Effect.fnUntraced(function* (item) {
  yield* Effect.yieldNow;
  return item;
});

const rows = {
  "sleep0-100": function* (size) {
    yield* Effect.forEach(hundred, () => spin(size), unbounded);
    return 100 * size;
  },
  "sleep0-1": function* (size) {
    yield* spin(size);
    return size;
  },
  "create-join": function* (size) {
    for (let i = 0; i < size; i++) {
      const fibers = [];
      for (let k = 0; k < 1000; k++) fibers.push(yield* Effect.forkChild(identity(k)));
      yield* Fiber.joinAll(fibers);
    }
    return 1000 * size;
  },
  "create-join:eager": function* (size) {
    for (let i = 0; i < size; i++) yield* Effect.forEach(thousand, identity, unbounded);
    return 1000 * size;
  },
  frames: function* (size) {
    for (let i = 0; i < size; i++) yield* frame(10);
    return size;
  },
  "frames-sleep0": function* (size) {
    for (let i = 0; i < size; i++) yield* frameTurn(10);
    return size;
  },
  "ping-pong": function* (size) {
    const waiters = [yield* Deferred.make(), yield* Deferred.make()];
    const player = Effect.fnUntraced(function* (mine, other) {
      for (let i = 0; i < size; i++) {
        yield* Deferred.await(waiters[mine]);
        waiters[mine] = yield* Deferred.make();
        yield* Deferred.succeed(waiters[other], i);
      }
    });
    const players = [yield* Effect.forkChild(player(0, 1)), yield* Effect.forkChild(player(1, 0))];
    yield* Deferred.succeed(waiters[0], 0);
    yield* Fiber.joinAll(players);
    return 2 * size;
  },
  "cancel-latency": function* (size) {
    let answered = 0;
    const worker = Effect.ensuring(
      sleeper(),
      Effect.sync(() => {
        answered++;
      }),
    );
    for (let i = 0; i < size; i++) {
      const fiber = yield* Effect.forkChild(worker);
      yield* Effect.yieldNow;
      yield* Fiber.interrupt(fiber);
    }
    if (answered !== size) throw new Error(`answered ${answered} of ${size}`);
    return size;
  },
  cancel: function* (size) {
    for (let i = 0; i < size; i++) {
      const fibers = [];
      for (let k = 0; k < 1000; k++) fibers.push(yield* Effect.forkChild(sleeper()));
      yield* Effect.yieldNow;
      yield* Fiber.interruptAll(fibers);
      yield* Fiber.awaitAll(fibers);
    }
    return 1000 * size;
  },
  // A scope interrupts what is still running when it closes; it does not wait for its fibers, joinAll does.
  "task-group": function* (size) {
    for (let i = 0; i < size; i++) {
      yield* Effect.scoped(
        Effect.gen(function* () {
          const fibers = [];
          for (let k = 0; k < 1000; k++) fibers.push(yield* Effect.forkScoped(identity(k)));
          yield* Fiber.joinAll(fibers);
        }),
      );
    }
    return 1000 * size;
  },
  timeout: function* (size) {
    for (let i = 0; i < size; i++) yield* Effect.timeout(identity(i), "10 seconds");
    return size;
  },
  "map-concurrent": function* (size) {
    for (let i = 0; i < size; i++) yield* Effect.forEach(tenThousand, itemOfOneTurn, { concurrency: 100 });
    return 10_000 * size;
  },
  "lock-handover": (size) => contend(1, size),
  "lock-free": function* (size) {
    const semaphore = yield* Semaphore.make(1);
    for (let i = 0; i < size; i++) {
      yield* semaphore.take(1);
      yield* semaphore.release(1);
    }
    return size;
  },
  semaphore: (size) => contend(10, size),
  event: function* (size) {
    const latch = yield* Latch.make();
    const worker = Effect.fnUntraced(function* () {
      for (let i = 0; i < size; i++) yield* latch.await;
    });
    const fibers = [];
    for (let k = 0; k < 1000; k++) fibers.push(yield* Effect.forkChild(worker()));
    for (let i = 0; i < size; i++) {
      yield* Effect.yieldNow;
      yield* latch.release;
    }
    yield* Fiber.joinAll(fibers);
    return 1000 * size;
  },
};

// Queues. There is no rendezvous: `offer` to a queue of capacity 0 would never succeed.
const throughQueue = Effect.fnUntraced(function* (make, pairs, each) {
  const queue = yield* make;
  const produce = Effect.fnUntraced(function* () {
    for (let i = 0; i < each; i++) yield* Queue.offer(queue, i);
  });
  const consume = Effect.fnUntraced(function* () {
    for (let i = 0; i < each; i++) yield* Queue.take(queue);
  });
  const fibers = [];
  for (let i = 0; i < pairs; i++) {
    fibers.push(yield* Effect.forkChild(produce()), yield* Effect.forkChild(consume()));
  }
  yield* Fiber.joinAll(fibers);
  return pairs * each;
});

const queueRows = {
  queue: (size) => throughQueue(Queue.unbounded(), 1, size),
  "queue-1": (size) => throughQueue(Queue.bounded(1), 1, size),
  "queue-100": (size) => throughQueue(Queue.bounded(100), 100, size),
  channel: (size) => throughQueue(Queue.bounded(1), 1, size),
};

const waitAndCancel = Effect.fnUntraced(function* (count) {
  const queue = yield* Queue.unbounded();
  const getter = Effect.fnUntraced(function* () {
    yield* Queue.take(queue);
  });
  const fibers = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) fibers[i] = yield* Effect.forkChild(getter());
  yield* Effect.yieldNow;
  const bytes = (liveBytes() - before) / count;
  const began = now();
  yield* Fiber.interruptAll(fibers);
  return { opsPerSecond: (count / (now() - began)) * 1000, bytes };
});

const queueWaiters = ({ count }) =>
  Effect.runPromise(
    Effect.gen(function* () {
      yield* waitAndCancel(count / 10);
      return yield* waitAndCancel(count);
    }),
  );

const special = {
  "queue-waiters": queueWaiters,
  memory: ({ count }) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const fibers = new Array(count).fill(null);
        const before = liveBytes();
        for (let i = 0; i < count; i++) fibers[i] = yield* Effect.forkChild(sleeper());
        yield* Effect.yieldNow;
        return { bytes: (liveBytes() - before) / count };
      }),
    ),
  "memory-lock": ({ count }) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const semaphore = yield* Semaphore.make(0);
        const waiter = Effect.fnUntraced(function* () {
          yield* semaphore.take(1);
        });
        const fibers = new Array(count).fill(null);
        const before = liveBytes();
        for (let i = 0; i < count; i++) fibers[i] = yield* Effect.forkChild(waiter());
        yield* Effect.yieldNow;
        return { bytes: (liveBytes() - before) / count };
      }),
    ),
  fairness: () =>
    new Promise((resolve) => {
      const server = new FairnessServer(() => resolve(server.result()));
      const spinner = Effect.gen(function* () {
        while (!server.stopped) {
          yield* Effect.yieldNow;
          server.spins++;
        }
      });
      Effect.runFork(Effect.forEach(thousand, () => spinner, unbounded));
    }),
};

await main({
  rows: { ...rows, ...queueRows },
  special,
  drive: (body, sampler) =>
    Effect.runPromise(
      Effect.gen(function* () {
        while (sampler.wants()) sampler.add(yield* body(sampler.size));
      }),
    ),
});
