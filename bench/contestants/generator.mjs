// asyncio-ts, generator coroutines.
import {
  coroutine,
  createTask,
  Event,
  gather,
  getRunningLoop,
  Lock,
  mapConcurrent,
  openMemoryChannel,
  Queue,
  run,
  Semaphore,
  sleep,
  taskGroup,
  timeout,
} from "asyncio-ts";
import { ChurnMeter, delay, FairnessServer, liveBytes, main, now } from "../measure.mjs";

const identity = coroutine(function* (value) {
  return value;
});

const spin = coroutine(function* (turns) {
  for (let i = 0; i < turns; i++) yield* sleep(0);
});

// Helpers inside one task are plain generators …
function* frame(depth) {
  return depth === 0 ? 1 : yield* frame(depth - 1);
}

function* frameTurn(depth) {
  if (depth === 0) {
    yield* sleep(0);
    return 1;
  }
  return yield* frameTurn(depth - 1);
}

// … or coroutine functions, which check for a second await and warn when nobody awaits them.
const frameCoroutine = coroutine(function* (depth) {
  return depth === 0 ? 1 : yield* frameCoroutine(depth - 1);
});

const frameTurnCoroutine = coroutine(function* (depth) {
  if (depth === 0) {
    yield* sleep(0);
    return 1;
  }
  return yield* frameTurnCoroutine(depth - 1);
});

const sleeper = coroutine(function* () {
  yield* sleep(3600);
});

const tenThousand = Array.from({ length: 10_000 }, (_, i) => i);

function* itemOfOneTurn(item) {
  yield* sleep(0);
  return item;
}

const rows = {
  "sleep0-100": function* (size) {
    yield* gather(Array.from({ length: 100 }, () => spin(size)));
    return 100 * size;
  },
  "sleep0-1": function* (size) {
    yield* spin(size);
    return size;
  },
  "create-join": function* (size) {
    for (let i = 0; i < size; i++) yield* gather(Array.from({ length: 1000 }, (_, k) => identity(k)));
    return 1000 * size;
  },
  "create-join:eager": function* (size) {
    const eager = { eagerStart: true };
    for (let i = 0; i < size; i++) {
      yield* gather(Array.from({ length: 1000 }, (_, k) => createTask(identity(k), eager)));
    }
    return 1000 * size;
  },
  frames: function* (size) {
    for (let i = 0; i < size; i++) yield* frame(10);
    return size;
  },
  "frames:coroutine": function* (size) {
    for (let i = 0; i < size; i++) yield* frameCoroutine(10);
    return size;
  },
  "frames-sleep0": function* (size) {
    for (let i = 0; i < size; i++) yield* frameTurn(10);
    return size;
  },
  "frames-sleep0:coroutine": function* (size) {
    for (let i = 0; i < size; i++) yield* frameTurnCoroutine(10);
    return size;
  },
  "ping-pong": function* (size) {
    const loop = getRunningLoop();
    const waiters = [loop.createFuture(), loop.createFuture()];
    const player = coroutine(function* (mine, other) {
      for (let i = 0; i < size; i++) {
        yield* waiters[mine];
        waiters[mine] = loop.createFuture();
        waiters[other].setResult(i);
      }
    });
    const players = [createTask(player(0, 1)), createTask(player(1, 0))];
    waiters[0].setResult(0);
    yield* gather(players);
    return 2 * size;
  },
  "cancel-latency": function* (size) {
    let answered = 0;
    const worker = createTask(function* () {
      while (answered < size) {
        try {
          yield* sleep(3600);
        } catch {
          worker.uncancel();
        } finally {
          answered++;
        }
      }
    });
    yield* sleep(0);
    for (let i = 0; i < size; i++) {
      worker.cancel();
      yield* sleep(0);
      yield* sleep(0);
    }
    if (answered !== size) throw new Error(`answered ${answered} of ${size}`);
    return size;
  },
  cancel: function* (size) {
    for (let i = 0; i < size; i++) {
      const tasks = Array.from({ length: 1000 }, () => createTask(sleeper()));
      yield* sleep(0);
      for (const task of tasks) task.cancel();
      yield* gather(tasks, { returnExceptions: true });
    }
    return 1000 * size;
  },
  "task-group": function* (size) {
    for (let i = 0; i < size; i++) {
      yield* taskGroup(function* (group) {
        for (let k = 0; k < 1000; k++) group.createTask(identity(k));
      });
    }
    return 1000 * size;
  },
  timeout: function* (size) {
    for (let i = 0; i < size; i++) yield* timeout(10, () => identity(i));
    return size;
  },
  "map-concurrent": function* (size) {
    for (let i = 0; i < size; i++) yield* mapConcurrent(tenThousand, itemOfOneTurn, { limit: 100 });
    return 10_000 * size;
  },
  "lock-handover": function* (size) {
    const lock = new Lock();
    const worker = coroutine(function* () {
      for (let i = 0; i < size; i++) {
        yield* lock.acquire();
        yield* sleep(0);
        lock.release();
      }
    });
    yield* gather(Array.from({ length: 100 }, () => worker()));
    return 100 * size;
  },
  "lock-free": function* (size) {
    const lock = new Lock();
    for (let i = 0; i < size; i++) {
      yield* lock.acquire();
      lock.release();
    }
    return size;
  },
  semaphore: function* (size) {
    const semaphore = new Semaphore(10);
    const worker = coroutine(function* () {
      for (let i = 0; i < size; i++) {
        yield* semaphore.acquire();
        yield* sleep(0);
        semaphore.release();
      }
    });
    yield* gather(Array.from({ length: 100 }, () => worker()));
    return 100 * size;
  },
  event: function* (size) {
    const event = new Event();
    const worker = coroutine(function* () {
      for (let i = 0; i < size; i++) yield* event.wait();
    });
    const workers = gather(Array.from({ length: 1000 }, () => worker()));
    for (let i = 0; i < size; i++) {
      yield* sleep(0);
      event.set();
      event.clear();
    }
    yield* workers;
    return 1000 * size;
  },
};

function* timers({ count, live }) {
  const loop = getRunningLoop();
  const nothing = () => {};
  const setAndCancel = (length) => {
    const handles = new Array(length);
    for (let i = 0; i < length; i++) handles[i] = loop.callLater(delay(i), nothing);
    for (let i = 0; i < length; i++) handles[i].cancel();
  };
  setAndCancel(count / 10);
  yield* sleep(0);
  const began = now();
  setAndCancel(count);
  yield* sleep(0);
  const seconds = (now() - began) / 1000;

  const ring = new Array(live).fill(null);
  const meter = new ChurnMeter();
  for (let i = 0; i < live; i++) ring[i] = loop.callLater(delay(i), nothing);
  meter.filled();
  for (let i = 0; i < count; i++) {
    ring[i % live].cancel();
    ring[i % live] = loop.callLater(delay(live + i), nothing);
    if (i % 1000 === 999) yield* sleep(0);
    if (i % (count / 10) === 0) meter.check();
  }
  return { opsPerSecond: count / seconds, growth: meter.growth };
}

function* memory({ count }) {
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(sleeper());
  yield* sleep(0);
  return { bytes: (liveBytes() - before) / count };
}

function* memoryLock({ count }) {
  const lock = new Lock();
  yield* lock.acquire();
  const waiter = coroutine(function* () {
    yield* lock.acquire();
  });
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(waiter());
  yield* sleep(0);
  return { bytes: (liveBytes() - before) / count };
}

function* fairness() {
  const finished = getRunningLoop().createFuture();
  const server = new FairnessServer(() => finished.setResult());
  const spinner = coroutine(function* () {
    while (!server.stopped) {
      yield* sleep(0);
      server.spins++;
    }
  });
  yield* gather(Array.from({ length: 1000 }, () => spinner()));
  yield* finished;
  return server.result();
}

// Queues and channels.
const produce = coroutine(function* (queue, count) {
  for (let i = 0; i < count; i++) yield* queue.put(i);
});

const consume = coroutine(function* (queue, count) {
  for (let i = 0; i < count; i++) yield* queue.get();
});

function* throughQueue(maxsize, pairs, each) {
  const queue = new Queue(maxsize);
  const tasks = [];
  for (let i = 0; i < pairs; i++) tasks.push(createTask(produce(queue, each)), createTask(consume(queue, each)));
  yield* gather(tasks);
  return pairs * each;
}

const queueRows = {
  queue: (size) => throughQueue(0, 1, size),
  "queue-1": (size) => throughQueue(1, 1, size),
  "queue-100": (size) => throughQueue(100, 100, size),
  channel: function* (size) {
    const [send, receive] = openMemoryChannel(0);
    const sender = coroutine(function* () {
      for (let i = 0; i < size; i++) yield* send.send(i);
    });
    const receiver = coroutine(function* () {
      for (let i = 0; i < size; i++) yield* receive.receive();
    });
    yield* gather(sender(), receiver());
    return size;
  },
};

function* queueWaiters({ count }) {
  yield* waitAndCancel(count / 10);
  return yield* waitAndCancel(count);
}

function* waitAndCancel(count) {
  const queue = new Queue();
  const getter = coroutine(function* () {
    yield* queue.get();
  });
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(getter());
  yield* sleep(0);
  const bytes = (liveBytes() - before) / count;
  const began = now();
  for (const task of tasks) task.cancel();
  yield* sleep(0);
  yield* sleep(0);
  const seconds = (now() - began) / 1000;
  if (!tasks.every((task) => task.cancelled())) throw new Error("not all were cancelled");
  return { opsPerSecond: count / seconds, bytes };
}

await main({
  rows: { ...rows, ...queueRows },
  special: {
    timers: (settings) => run(() => timers(settings)),
    memory: (settings) => run(() => memory(settings)),
    "memory-lock": (settings) => run(() => memoryLock(settings)),
    "queue-waiters": (settings) => run(() => queueWaiters(settings)),
    fairness: () => run(fairness),
  },
  drive: (body, sampler) =>
    run(function* () {
      while (sampler.wants()) sampler.add(yield* body(sampler.size));
    }),
});
