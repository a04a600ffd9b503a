// Native promises: what a program does without a library. There is no loop of tasks, so `await null` stands for
// sleep(0): it steps behind the other promises, but lets no timer and no socket in.
import { setTimeout as sleep } from "node:timers/promises";
import { ChurnMeter, delay, FairnessServer, liveBytes, main, now } from "../measure.mjs";

const identity = async (value) => value;

async function spin(turns) {
  for (let i = 0; i < turns; i++) await null;
}

async function frame(depth) {
  return depth === 0 ? 1 : await frame(depth - 1);
}

async function frameTurn(depth) {
  if (depth === 0) {
    await null;
    return 1;
  }
  return await frameTurn(depth - 1);
}

function deferred() {
  let resolve;
  const promise = new Promise((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

async function withTimeout(milliseconds, body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), milliseconds);
  });
  try {
    return await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const tenThousand = Array.from({ length: 10_000 }, (_, i) => i);

async function itemOfOneTurn(item) {
  await null;
  return item;
}

const rows = {
  "sleep0-100": async (size) => {
    await Promise.all(Array.from({ length: 100 }, () => spin(size)));
    return 100 * size;
  },
  "sleep0-1": async (size) => {
    await spin(size);
    return size;
  },
  "create-join": async (size) => {
    for (let i = 0; i < size; i++) await Promise.all(Array.from({ length: 1000 }, (_, k) => identity(k)));
    return 1000 * size;
  },
  "map-concurrent": async (size) => {
    for (let i = 0; i < size; i++) {
      const results = [];
      const items = tenThousand.entries();
      const worker = async () => {
        for (const [index, item] of items) results[index] = await itemOfOneTurn(item);
      };
      await Promise.all(Array.from({ length: 100 }, worker));
    }
    return 10_000 * size;
  },
  "map-concurrent:p-map": async (size) => {
    const { default: pMap } = await import("p-map");
    for (let i = 0; i < size; i++) await pMap(tenThousand, itemOfOneTurn, { concurrency: 100 });
    return 10_000 * size;
  },
  "map-concurrent:p-limit": async (size) => {
    const { default: pLimit } = await import("p-limit");
    const limit = pLimit(100);
    for (let i = 0; i < size; i++) await Promise.all(tenThousand.map((item) => limit(itemOfOneTurn, item)));
    return 10_000 * size;
  },
  frames: async (size) => {
    for (let i = 0; i < size; i++) await frame(10);
    return size;
  },
  "frames-sleep0": async (size) => {
    for (let i = 0; i < size; i++) await frameTurn(10);
    return size;
  },
  "ping-pong": async (size) => {
    const waiters = [deferred(), deferred()];
    const player = async (mine, other) => {
      for (let i = 0; i < size; i++) {
        await waiters[mine].promise;
        waiters[mine] = deferred();
        waiters[other].resolve(i);
      }
    };
    const players = [player(0, 1), player(1, 0)];
    waiters[0].resolve(0);
    await Promise.all(players);
    return 2 * size;
  },
  // The platform's cancellation: an AbortController for each sleeper.
  cancel: async (size) => {
    for (let i = 0; i < size; i++) {
      const sleepers = Array.from({ length: 1000 }, () => {
        const controller = new AbortController();
        return { controller, done: sleep(3_600_000, undefined, { signal: controller.signal }) };
      });
      await null;
      const settled = Promise.allSettled(sleepers.map((sleeper) => sleeper.done));
      for (const sleeper of sleepers) sleeper.controller.abort();
      await settled;
    }
    return 1000 * size;
  },
  timeout: async (size) => {
    for (let i = 0; i < size; i++) await withTimeout(10_000, () => identity(i));
    return size;
  },
};

const special = {
  timers: async ({ count, live }) => {
    const nothing = () => {};
    const setAndCancel = (length) => {
      const timers = new Array(length);
      for (let i = 0; i < length; i++) timers[i] = setTimeout(nothing, 1000 * delay(i));
      for (let i = 0; i < length; i++) clearTimeout(timers[i]);
    };
    setAndCancel(count / 10);
    await new Promise(setImmediate);
    const began = now();
    setAndCancel(count);
    await new Promise(setImmediate);
    const seconds = (now() - began) / 1000;

    const ring = new Array(live).fill(null);
    const meter = new ChurnMeter();
    for (let i = 0; i < live; i++) ring[i] = setTimeout(nothing, 1000 * delay(i));
    meter.filled();
    for (let i = 0; i < count; i++) {
      clearTimeout(ring[i % live]);
      ring[i % live] = setTimeout(nothing, 1000 * delay(live + i));
      if (i % 1000 === 999) await new Promise(setImmediate);
      if (i % (count / 10) === 0) meter.check();
    }
    return { opsPerSecond: count / seconds, growth: meter.growth };
  },
  memory: async ({ count }) => {
    const sleepers = new Array(count).fill(null);
    const sleeper = async () => {
      await sleep(3_600_000);
    };
    const before = liveBytes();
    for (let i = 0; i < count; i++) sleepers[i] = sleeper();
    await new Promise(setImmediate);
    return { bytes: (liveBytes() - before) / count };
  },
  // With `await null` the echo would never answer: a program without a loop has to yield by setImmediate.
  fairness: () =>
    new Promise((resolve) => {
      const server = new FairnessServer(() => resolve(server.result()));
      const spinner = async () => {
        while (!server.stopped) {
          await new Promise(setImmediate);
          server.spins++;
        }
      };
      for (let i = 0; i < 1000; i++) spinner();
    }),
};

await main({
  rows,
  special,
  drive: async (body, sampler) => {
    while (sampler.wants()) sampler.add(await body(sampler.size));
  },
});
