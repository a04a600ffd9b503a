// Effection: structured generator tasks. Its sleep(0) is a real timer of a millisecond, so the cheapest way it has to
// step aside stands for a turn of the loop: until(a resolved promise). As with native promises no socket gets in.
import { all, race, run, scoped, sleep, spawn, until, withResolvers } from "effection";
import { liveBytes, main } from "../measure.mjs";

const resolved = Promise.resolve();

function* identity(value) {
  return value;
}

function* spin(turns) {
  for (let i = 0; i < turns; i++) yield* until(resolved);
}

function* frame(depth) {
  return depth === 0 ? 1 : yield* frame(depth - 1);
}

function* frameTurn(depth) {
  if (depth === 0) {
    yield* until(resolved);
    return 1;
  }
  return yield* frameTurn(depth - 1);
}

function* sleeper() {
  yield* sleep(3_600_000);
}

const rows = {
  "sleep0-100": function* (size) {
    yield* all(Array.from({ length: 100 }, () => spin(size)));
    return 100 * size;
  },
  "sleep0-1": function* (size) {
    yield* spin(size);
    return size;
  },
  "create-join": function* (size) {
    for (let i = 0; i < size; i++) yield* all(Array.from({ length: 1000 }, (_, k) => identity(k)));
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
    const waiters = [withResolvers(), withResolvers()];
    const player = function* (mine, other) {
      for (let i = 0; i < size; i++) {
        yield* waiters[mine].operation;
        waiters[mine] = withResolvers();
        waiters[other].resolve(i);
      }
    };
    const players = [yield* spawn(() => player(0, 1)), yield* spawn(() => player(1, 0))];
    waiters[0].resolve(0);
    for (const task of players) yield* task;
    return 2 * size;
  },
  cancel: function* (size) {
    for (let i = 0; i < size; i++) {
      const tasks = [];
      for (let k = 0; k < 1000; k++) tasks.push(yield* spawn(sleeper));
      yield* until(resolved);
      for (const task of tasks) yield* task.halt();
    }
    return 1000 * size;
  },
  "task-group": function* (size) {
    for (let i = 0; i < size; i++) {
      yield* scoped(function* () {
        const tasks = [];
        for (let k = 0; k < 1000; k++) tasks.push(yield* spawn(() => identity(k)));
        for (const task of tasks) yield* task;
      });
    }
    return 1000 * size;
  },
  // The core has no timeout; a race with a sleep is what its documentation writes.
  timeout: function* (size) {
    for (let i = 0; i < size; i++) yield* race([identity(i), sleep(10_000)]);
    return size;
  },
};

const special = {
  // 10,000 are enough for the average; 100,000 take it a quarter of a minute.
  memory: () =>
    run(function* () {
      const count = 10_000;
      const tasks = new Array(count).fill(null);
      const before = liveBytes();
      for (let i = 0; i < count; i++) tasks[i] = yield* spawn(sleeper);
      yield* until(resolved);
      return { bytes: (liveBytes() - before) / count };
    }),
};

await main({
  rows,
  special,
  drive: (body, sampler) =>
    run(function* () {
      while (sampler.wants()) sampler.add(yield* body(sampler.size));
    }),
});
