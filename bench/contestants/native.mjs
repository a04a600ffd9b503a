// asyncio-ts, native coroutines. The twin of generator.mjs.
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
import { FairnessServer, liveBytes, main, now } from "../measure.mjs";

const identity = coroutine(async (value) => {
  return value;
});

const spin = coroutine(async (turns) => {
  for (let i = 0; i < turns; i++) await sleep(0);
});

// Helpers inside one task are plain async functions …
async function frame(depth) {
  return depth === 0 ? 1 : await frame(depth - 1);
}

async function frameTurn(depth) {
  if (depth === 0) {
    await sleep(0);
    return 1;
  }
  return await frameTurn(depth - 1);
}

// … or coroutine functions, which check for a second await and warn when nobody awaits them.
const frameCoroutine = coroutine(async (depth) => {
  return depth === 0 ? 1 : await frameCoroutine(depth - 1);
});

const frameTurnCoroutine = coroutine(async (depth) => {
  if (depth === 0) {
    await sleep(0);
    return 1;
  }
  return await frameTurnCoroutine(depth - 1);
});

const sleeper = coroutine(async () => {
  await sleep(3600);
});

const tenThousand = Array.from({ length: 10_000 }, (_, i) => i);

async function itemOfOneTurn(item) {
  await sleep(0);
  return item;
}

const rows = {
  "sleep0-100": async (size) => {
    await gather(Array.from({ length: 100 }, () => spin(size)));
    return 100 * size;
  },
  "sleep0-1": async (size) => {
    await spin(size);
    return size;
  },
  "create-join": async (size) => {
    for (let i = 0; i < size; i++) await gather(Array.from({ length: 1000 }, (_, k) => identity(k)));
    return 1000 * size;
  },
  frames: async (size) => {
    for (let i = 0; i < size; i++) await frame(10);
    return size;
  },
  "frames:coroutine": async (size) => {
    for (let i = 0; i < size; i++) await frameCoroutine(10);
    return size;
  },
  "frames-sleep0": async (size) => {
    for (let i = 0; i < size; i++) await frameTurn(10);
    return size;
  },
  "frames-sleep0:coroutine": async (size) => {
    for (let i = 0; i < size; i++) await frameTurnCoroutine(10);
    return size;
  },
  "ping-pong": async (size) => {
    const loop = getRunningLoop();
    const waiters = [loop.createFuture(), loop.createFuture()];
    const player = coroutine(async (mine, other) => {
      for (let i = 0; i < size; i++) {
        await waiters[mine];
        waiters[mine] = loop.createFuture();
        waiters[other].setResult(i);
      }
    });
    const players = [createTask(player(0, 1)), createTask(player(1, 0))];
    waiters[0].setResult(0);
    await gather(players);
    return 2 * size;
  },
  "cancel-latency": async (size) => {
    let answered = 0;
    const worker = createTask(async () => {
      while (answered < size) {
        try {
          await sleep(3600);
        } catch {
          worker.uncancel();
        } finally {
          answered++;
        }
      }
    });
    await sleep(0);
    for (let i = 0; i < size; i++) {
      worker.cancel();
      await sleep(0);
      await sleep(0);
    }
    if (answered !== size) throw new Error(`answered ${answered} of ${size}`);
    return size;
  },
  cancel: async (size) => {
    for (let i = 0; i < size; i++) {
      const tasks = Array.from({ length: 1000 }, () => createTask(sleeper()));
      await sleep(0);
      for (const task of tasks) task.cancel();
      await gather(tasks, { returnExceptions: true });
    }
    return 1000 * size;
  },
  "task-group": async (size) => {
    for (let i = 0; i < size; i++) {
      await taskGroup(async (group) => {
        for (let k = 0; k < 1000; k++) group.createTask(identity(k));
      });
    }
    return 1000 * size;
  },
  timeout: async (size) => {
    for (let i = 0; i < size; i++) await timeout(10, () => identity(i));
    return size;
  },
  "map-concurrent": async (size) => {
    for (let i = 0; i < size; i++) await mapConcurrent(tenThousand, itemOfOneTurn, { limit: 100 });
    return 10_000 * size;
  },
  "lock-handover": async (size) => {
    const lock = new Lock();
    const worker = coroutine(async () => {
      for (let i = 0; i < size; i++) {
        await lock.acquire();
        await sleep(0);
        lock.release();
      }
    });
    await gather(Array.from({ length: 100 }, () => worker()));
    return 100 * size;
  },
  "lock-free": async (size) => {
    const lock = new Lock();
    for (let i = 0; i < size; i++) {
      await lock.acquire();
      lock.release();
    }
    return size;
  },
  semaphore: async (size) => {
    const semaphore = new Semaphore(10);
    const worker = coroutine(async () => {
      for (let i = 0; i < size; i++) {
        await semaphore.acquire();
        await sleep(0);
        semaphore.release();
      }
    });
    await gather(Array.from({ length: 100 }, () => worker()));
    return 100 * size;
  },
  event: async (size) => {
    const event = new Event();
    const worker = coroutine(async () => {
      for (let i = 0; i < size; i++) await event.wait();
    });
    const workers = gather(Array.from({ length: 1000 }, () => worker()));
    for (let i = 0; i < size; i++) {
      await sleep(0);
      event.set();
      event.clear();
    }
    await workers;
    return 1000 * size;
  },
};

async function memory({ count }) {
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(sleeper());
  await sleep(0);
  return { bytes: (liveBytes() - before) / count };
}

async function memoryLock({ count }) {
  const lock = new Lock();
  await lock.acquire();
  const waiter = coroutine(async () => {
    await lock.acquire();
  });
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(waiter());
  await sleep(0);
  return { bytes: (liveBytes() - before) / count };
}

async function fairness() {
  const finished = getRunningLoop().createFuture();
  const server = new FairnessServer(() => finished.setResult());
  const spinner = coroutine(async () => {
    while (!server.stopped) {
      await sleep(0);
      server.spins++;
    }
  });
  await gather(Array.from({ length: 1000 }, () => spinner()));
  await finished;
  return server.result();
}

// Queues and channels.
const produce = coroutine(async (queue, count) => {
  for (let i = 0; i < count; i++) await queue.put(i);
});

const consume = coroutine(async (queue, count) => {
  for (let i = 0; i < count; i++) await queue.get();
});

async function throughQueue(maxsize, pairs, each) {
  const queue = new Queue(maxsize);
  const tasks = [];
  for (let i = 0; i < pairs; i++) tasks.push(createTask(produce(queue, each)), createTask(consume(queue, each)));
  await gather(tasks);
  return pairs * each;
}

const queueRows = {
  queue: (size) => throughQueue(0, 1, size),
  "queue-1": (size) => throughQueue(1, 1, size),
  "queue-100": (size) => throughQueue(100, 100, size),
  channel: async (size) => {
    const [send, receive] = openMemoryChannel(0);
    const sender = coroutine(async () => {
      for (let i = 0; i < size; i++) await send.send(i);
    });
    const receiver = coroutine(async () => {
      for (let i = 0; i < size; i++) await receive.receive();
    });
    await gather(sender(), receiver());
    return size;
  },
};

async function queueWaiters({ count }) {
  await waitAndCancel(count / 10);
  return await waitAndCancel(count);
}

async function waitAndCancel(count) {
  const queue = new Queue();
  const getter = coroutine(async () => {
    await queue.get();
  });
  const tasks = new Array(count).fill(null);
  const before = liveBytes();
  for (let i = 0; i < count; i++) tasks[i] = createTask(getter());
  await sleep(0);
  const bytes = (liveBytes() - before) / count;
  const began = now();
  for (const task of tasks) task.cancel();
  await sleep(0);
  await sleep(0);
  const seconds = (now() - began) / 1000;
  if (!tasks.every((task) => task.cancelled())) throw new Error("not all were cancelled");
  return { opsPerSecond: count / seconds, bytes };
}

await main({
  rows: { ...rows, ...queueRows },
  special: {
    memory: (settings) => run(() => memory(settings)),
    "memory-lock": (settings) => run(() => memoryLock(settings)),
    "queue-waiters": (settings) => run(() => queueWaiters(settings)),
    fairness: () => run(fairness),
  },
  drive: (body, sampler) =>
    run(async () => {
      while (sampler.wants()) sampler.add(await body(sampler.size));
    }),
});
