// What is measured, against whom, and the goals. Ids are what `--only` takes.

const everyone = ["generator", "native", "asyncio", "uvloop", "effect", "effection", "promises"];
const tasks = ["generator", "native", "asyncio", "uvloop", "effect", "effection"];
const synchronised = ["generator", "native", "asyncio", "uvloop", "effect"];
const framed = [...everyone.slice(0, 2), "generator:coroutine", "native:coroutine", ...everyone.slice(2)];

const ahead = [
  { of: "generator", atLeast: 1, times: "effect" },
  { of: "generator", atLeast: 1, times: "effection" },
];
const aheadOfEffect = [ahead[0]];
const timesUvloop = (factor) => [{ of: "generator", atLeast: factor, times: "uvloop" }];

/** A native step costs what the runtime's AsyncLocalStorage costs, so its goal depends on the runtime. */
const nativeTimesUvloop = [
  { of: "native", atLeast: 1, times: "uvloop", majors: [20, 22] },
  { of: "native", atLeast: 2, times: "uvloop", majors: [24, 26] },
  { of: "native@node24", atLeast: 2, times: "uvloop" },
  { of: "native@node26", atLeast: 2, times: "uvloop" },
  { of: "native@bun", atLeast: 3, times: "uvloop" },
  { of: "native@deno", atLeast: 0.8, times: "uvloop" },
];
const generatorElsewhere = (factor) =>
  ["node24", "node26", "bun", "deno"].map((runtime) => ({
    of: `generator@${runtime}`,
    atLeast: factor,
    times: "uvloop",
  }));

/** "≤ 1.5 × native promises' time" is at least two thirds of their speed. */
const generatorFramesGoals = [
  { of: "generator", atLeast: 1, times: "promises" },
  ...ahead,
  ...["node24", "node26", "bun", "deno"].map((runtime) => ({
    of: `generator@${runtime}`,
    atLeast: 2 / 3,
    times: `promises@${runtime}`,
  })),
];
const nativeFramesGoals = [
  { of: "native", atLeast: 2 / 3, times: "promises", majors: [24] },
  { of: "native@node24", atLeast: 2 / 3, times: "promises@node24" },
  { of: "native@bun", atLeast: 2 / 3, times: "promises@bun" },
];

const onRuntimes = (...contestants) =>
  ["node24", "node26", "bun", "deno"].flatMap((runtime) => contestants.map((contestant) => `${contestant}@${runtime}`));

/** Servers, measured from outside by a client that is the same for all. */
const servers = ["protocol", "net", "asyncio", "uvloop", "protocol@node24", "net@node24", "protocol@bun", "net@bun"];

const streams = [
  ...["streams", "streams:native", "streams@node24", "streams:native@node24", "streams@bun", "streams:native@bun"],
  ...["asyncio:streams", "uvloop:streams"],
];

function echo(kind, size, connections) {
  return {
    id: `${kind.toLowerCase()}-echo-${size}k-${connections}`,
    program: "echo",
    client: "echo-client.mjs",
    takesTurns: true,
    secured: kind === "TLS",
    group: "sockets",
    subject: "protocol",
    title: `${kind} echo, ${size} KiB, ${connections} ${connections === 1 ? "connection" : "connections"}`,
    about:
      "Each connection sends a message, waits until it has come back, and sends the next. Processor time is the server's, of all its threads, for one message; messages per second and latency depend on the client as well, a Node program in a process of its own. All servers run, and the client takes turns between them; a goal is judged by the median of the ratios of the rounds.",
    contestants: [...servers, "bun-listen@bun", ...streams],
    metrics: [
      { key: "cpu", unit: "µs of processor time", lower: true },
      { key: "opsPerSecond", unit: "per second" },
      { key: "p50", unit: "ms, median", lower: true },
      { key: "p99", unit: "ms, 99 %", lower: true },
    ],
    settings: { size: size * 1024, connections, warmup: 1000, window: 300 },
    quickSettings: connections === 10 ? { size: size * 1024, connections, warmup: 600, window: 150 } : null,
    rounds: 5,
    goals: [
      { of: "protocol", metric: "cpu", atMost: 1.1, times: "net" },
      { of: "protocol@node24", metric: "cpu", atMost: 1.1, times: "net@node24" },
      { of: "protocol@bun", metric: "cpu", atMost: 1.1, times: "net@bun" },
      { of: "streams", metric: "cpu", atMost: 1.25, times: "net" },
      { of: "streams@node24", metric: "cpu", atMost: 1.25, times: "net@node24" },
      { of: "streams@bun", metric: "cpu", atMost: 1.25, times: "net@bun" },
    ],
  };
}

const sizes = [1, 10, 100];
const socketRows = [
  ...["TCP", "TLS"].flatMap((kind) =>
    sizes.flatMap((size) => [1, 10, 100, 1000].map((connections) => echo(kind, size, connections))),
  ),
  {
    id: "tcp-idle",
    program: "echo",
    client: "idle-client.mjs",
    group: "sockets",
    subject: "protocol",
    title: "10,000 idle connections",
    about:
      "How much the server's resident memory grows with 10,000 connections that have sent one byte and got it back.",
    contestants: [...servers, "bun-listen@bun"],
    metrics: [{ key: "bytes", unit: "bytes", lower: true }],
    settings: { connections: 10_000 },
    quickSettings: { connections: 1000 },
    rounds: 3,
    goals: [],
  },
];

const speed = [{ key: "opsPerSecond", unit: "per second" }];

const pools = ["threads", "piscina", "piscina:best", "tinypool", "asyncio:threads"];
const processPools = ["processes", "tinypool:processes", "asyncio:processes"];

function pool(id, title, about, { workers = [1, 2, 4], metrics = speed, goals = [], processes = true } = {}) {
  return workers.map((count) => ({
    id: `${id}-${count}`,
    program: id,
    group: "pools",
    subject: "threads",
    title: `${title}, ${count} ${count === 1 ? "worker" : "workers"}`,
    about,
    contestants: [...pools, "threads@node24", "threads@bun", "threads@deno", ...(processes ? processPools : [])],
    metrics,
    settings: { workers: count, warmup: 300, window: 500 },
    quickSettings: { workers: count },
    goals,
  }));
}

const poolRows = [
  ...pool("pool-noop", "Empty jobs, pipelined", "1,000 jobs that do nothing are on their way all the time.", {
    goals: [
      { of: "threads", atLeast: 2, times: "piscina" },
      { of: "threads", atLeast: 2, times: "piscina:best" },
      { of: "threads", atLeast: 1, times: "tinypool" },
    ],
  }),
  ...pool("pool-sequential", "Empty jobs, one at a time", "The next job is handed in when the result is there.", {
    workers: [1],
    goals: [
      { of: "threads", atLeast: 1, times: "piscina" },
      { of: "threads", atLeast: 1, times: "piscina:best" },
      { of: "threads", atLeast: 1, times: "tinypool" },
    ],
  }),
  ...pool("pool-1k", "1 KiB there and back, pipelined", "1,000 jobs that give back the bytes they get; copied.", {
    workers: [2],
  }),
  ...pool("pool-1m", "1 MiB there and back, copied", "One at a time.", { workers: [1] }),
  ...pool("pool-1m-transferred", "1 MiB there and back, transferred", "One at a time; the memory changes its owner.", {
    workers: [1],
    processes: false,
  }),
  ...pool("pool-start", "Cold start", "From nothing to a result of each worker.", {
    metrics: [{ key: "milliseconds", unit: "ms", lower: true }],
  }),
  ...pool("pool-lag", "Lateness of a timer while all workers burn", "A timer of a millisecond on the main thread.", {
    workers: [2],
    metrics: [
      { key: "p99", unit: "ms, 99 %", lower: true },
      { key: "max", unit: "ms, at most", lower: true },
    ],
    goals: [{ of: "threads", metric: "p99", atMost: 5 }],
  }),
];

/**
 * `program` is the row's name inside the contestants, `settings` what they get beside warm-up and window, `rounds` and
 * `quickSettings` override the run's own; `quickSettings: null` leaves the row out of a quick run.
 */
export const rows = [
  {
    id: "sleep0-100",
    title: "`sleep(0)`, 100 tasks",
    about: "100 tasks that only give up their turn; one operation is one turn of one task.",
    contestants: [...everyone, ...onRuntimes("generator", "native")],
    metrics: speed,
    goals: [...timesUvloop(10), ...ahead, ...generatorElsewhere(10), ...nativeTimesUvloop],
  },
  {
    id: "sleep0-1",
    title: "`sleep(0)`, 1 task",
    about: "The same with the main task alone: the cost of a turn of an otherwise empty loop.",
    contestants: [...everyone, ...onRuntimes("generator", "native")],
    metrics: speed,
    goals: [...timesUvloop(8), ...ahead, ...generatorElsewhere(8), ...nativeTimesUvloop],
  },
  {
    id: "create-join",
    title: "create and join",
    about:
      "`gather` of 1,000 coroutines that are done at once; one operation is one coroutine. Eager: tasks that run to their first suspension when they are made; Effect's `forEach` is of that kind, its `forkChild` is not.",
    contestants: [...everyone, "generator:eager", "effect:eager", ...onRuntimes("generator", "native")],
    metrics: speed,
    goals: [
      ...timesUvloop(10),
      ...ahead,
      { of: "generator:eager", atLeast: 1, times: "effect:eager" },
      ...generatorElsewhere(10),
      ...nativeTimesUvloop,
    ],
  },
  {
    id: "frames",
    title: "`await` through 10 frames",
    about:
      "Ten nested awaits, the innermost done at once; one operation is the whole chain. Plain helpers (`function*`, `async function`) and, as a line of its own, helpers wrapped in `coroutine()`.",
    contestants: [...framed, ...onRuntimes("generator", "native", "promises")],
    metrics: speed,
    goals: [...generatorFramesGoals, ...nativeFramesGoals],
  },
  {
    id: "frames-sleep0",
    title: "10 frames, then `sleep(0)`",
    about:
      "The same with a turn of the loop in the innermost frame. The turn of native promises and Effection is a microtask.",
    contestants: [...framed, ...onRuntimes("generator", "native", "promises")],
    metrics: speed,
    goals: generatorFramesGoals,
  },
  {
    id: "ping-pong",
    title: "future ping-pong",
    about: "Two tasks wake each other through a new future each time; one operation is one wake-up.",
    contestants: [...everyone, ...onRuntimes("generator", "native")],
    metrics: speed,
    goals: [...timesUvloop(8), ...ahead, ...generatorElsewhere(8), ...nativeTimesUvloop],
  },
  {
    id: "cancel",
    title: "cancel",
    about: "1,000 tasks are created, fall asleep, are cancelled and joined; one operation is one task.",
    contestants: everyone,
    metrics: speed,
    goals: [...timesUvloop(8), ...ahead],
  },
  {
    id: "cancel-latency",
    title: "cancel, one at a time",
    about:
      "A task sleeps in try … finally; one operation is the time from cancel() to the end of the finally, in which it withdraws the request and goes to sleep again. Effect: a new fiber each time.",
    contestants: ["generator", "native", "asyncio", "uvloop", "effect"],
    metrics: speed,
    goals: [...timesUvloop(4), ...aheadOfEffect],
  },
  {
    id: "task-group",
    title: "task group",
    about:
      "A task group with 1,000 children that are done at once; one operation is one child. Native promises have no counterpart.",
    contestants: tasks,
    metrics: speed,
    goals: [...timesUvloop(8), ...ahead],
  },
  {
    id: "timeout",
    title: "timeout",
    about: "A timeout of 10 s around work that is done at once.",
    contestants: everyone,
    metrics: speed,
    goals: [...timesUvloop(8), ...ahead],
  },
  {
    id: "lock-handover",
    title: "lock hand-over",
    about:
      "100 tasks on one lock; each holds it for a turn of the loop. One operation is acquire, turn, release. Effect: a semaphore of one.",
    contestants: [...synchronised, ...onRuntimes("generator", "native")],
    metrics: speed,
    goals: [...timesUvloop(8), ...aheadOfEffect],
  },
  {
    id: "lock-free",
    title: "free lock",
    about: "One task acquires and releases a lock that nobody else wants.",
    contestants: synchronised,
    metrics: speed,
    goals: [...timesUvloop(4), ...aheadOfEffect],
  },
  {
    id: "semaphore",
    title: "semaphore",
    about: "100 tasks on a semaphore of 10; one operation is acquire, turn, release.",
    contestants: synchronised,
    metrics: speed,
    goals: [...timesUvloop(8), ...aheadOfEffect],
  },
  {
    id: "event",
    title: "event",
    about: "1,000 tasks wait for an event that is set and cleared; one operation is one wake-up. Effect: a latch.",
    contestants: synchronised,
    metrics: speed,
    goals: [...timesUvloop(8), ...aheadOfEffect],
  },
  {
    id: "map-concurrent",
    title: "bounded work",
    about:
      "`mapConcurrent` over 10,000 items, 100 at a time; one operation is one item, which takes one turn. Effect: `forEach` with a concurrency; asyncio: tasks on a semaphore; promises: a hundred loops on one iterator, p-map, p-limit. The turn of a promise is a microtask.",
    contestants: [...synchronised, "promises", "promises:p-map", "promises:p-limit"],
    metrics: speed,
    goals: [
      ...timesUvloop(8),
      ...aheadOfEffect,
      { of: "generator", atLeast: 1, times: "promises:p-map" },
      { of: "generator", atLeast: 1, times: "promises:p-limit" },
    ],
  },
  {
    id: "timers",
    title: "1,000,000 timers",
    about:
      "Set 1,000,000 timers, then cancel them; one operation is one timer. Heap: 100,000 timers stay alive while 1,000,000 are set and cancelled; the most memory they held, against that of the live ones alone (asyncio: the length of its heap).",
    contestants: ["generator", "asyncio", "uvloop", "promises"],
    metrics: [
      { key: "opsPerSecond", unit: "per second" },
      { key: "growth", unit: "× the live timers", lower: true },
    ],
    settings: { count: 1_000_000, live: 100_000 },
    quickSettings: { count: 200_000, live: 20_000 },
    rounds: 3,
    goals: [{ of: "generator", metric: "growth", atMost: 2 }],
  },
  {
    id: "memory-100k",
    program: "memory",
    title: "100,000 sleeping tasks",
    about:
      "Bytes for each task that sleeps, its own frame and its timer included. JavaScript: live heap after a full collection; Python: resident memory. Effection: of 10,000.",
    contestants: everyone,
    metrics: [{ key: "bytes", unit: "bytes", lower: true }],
    settings: { count: 100_000 },
    quickSettings: { count: 100_000 },
    rounds: 3,
    goals: [
      { of: "generator", metric: "bytes", atMost: 700 },
      { of: "native", metric: "bytes", atMost: 2200 },
    ],
  },
  {
    id: "memory-lock",
    title: "100,000 waiters",
    about: "Bytes for each task that waits for a lock, its own frame included.",
    contestants: synchronised,
    metrics: [{ key: "bytes", unit: "bytes", lower: true }],
    settings: { count: 100_000 },
    quickSettings: { count: 100_000 },
    rounds: 3,
    goals: [
      { of: "generator", metric: "bytes", atMost: 700 },
      { of: "native", metric: "bytes", atMost: 2200 },
    ],
  },
  {
    id: "memory-1m",
    program: "memory",
    title: "1,000,000 sleeping tasks",
    about: "The same for a million.",
    contestants: ["generator", "asyncio", "uvloop", "effect", "promises"],
    metrics: [{ key: "bytes", unit: "bytes", lower: true }],
    settings: { count: 1_000_000 },
    quickSettings: null,
    rounds: 1,
    goals: [{ of: "generator", metric: "bytes", atMost: 700 }],
  },
  // Queues and channels.
  {
    id: "queue",
    title: "queue without limit",
    about: "One producer and one consumer; one operation is one item through the queue.",
    contestants: tasks.slice(0, 5),
    metrics: speed,
    goals: [...timesUvloop(8), ahead[0]],
  },
  {
    id: "queue-1",
    title: "queue of 1",
    about: "The same with room for one item: producer and consumer wait for each other.",
    contestants: tasks.slice(0, 5),
    metrics: speed,
    goals: [...timesUvloop(8), ahead[0]],
  },
  {
    id: "queue-100",
    title: "queue, 100 to 100",
    about: "100 producers and 100 consumers on a queue of 100.",
    contestants: tasks.slice(0, 5),
    metrics: speed,
    goals: [...timesUvloop(8), ahead[0]],
  },
  {
    id: "channel",
    title: "channel, rendezvous",
    about:
      "One sender and one receiver meet for every value. asyncio has no channels: its queue of 1; so does Effect's queue, which has no rendezvous.",
    contestants: tasks.slice(0, 5),
    metrics: speed,
    goals: [...timesUvloop(8), ahead[0]],
  },
  {
    id: "queue-waiters",
    title: "100,000 tasks wait for a queue",
    about:
      "Bytes for each task that waits in `get()`, the task included (as for sleeping tasks); then all are cancelled, in the order of their coming, and one operation is one task.",
    contestants: tasks.slice(0, 5),
    metrics: [
      { key: "opsPerSecond", unit: "per second" },
      { key: "bytes", unit: "bytes", lower: true },
    ],
    settings: { count: 100_000 },
    quickSettings: { count: 100_000 },
    rounds: 3,
    goals: [
      ahead[0],
      { of: "generator", metric: "bytes", atMost: 700 },
      { of: "native", metric: "bytes", atMost: 2200 },
    ],
  },
  {
    id: "queue-waiters-1m",
    program: "queue-waiters",
    title: "1,000,000 tasks wait for a queue",
    about: "The same for a million.",
    contestants: ["generator", "asyncio", "uvloop", "effect"],
    metrics: [
      { key: "opsPerSecond", unit: "per second" },
      { key: "bytes", unit: "bytes", lower: true },
    ],
    settings: { count: 1_000_000 },
    quickSettings: null,
    rounds: 1,
    goals: [{ of: "generator", metric: "bytes", atMost: 700 }],
  },
  {
    id: "fairness",
    title: "fairness",
    about:
      "1,000 tasks spin on `sleep(0)` while an echo in the same process answers 1 KiB messages of another process, one at a time. Latency of the answers, lateness of host timers of 10 ms, and the turns that the spinning tasks get. Native promises spin on `setImmediate`: with a plain `await` the echo would never answer.",
    contestants: ["generator", "native", "asyncio", "uvloop", "effect", "promises"],
    metrics: [
      { key: "p50", unit: "ms, echo, median", lower: true },
      { key: "p99", unit: "ms, echo, 99 %", lower: true },
      { key: "timerP99", unit: "ms late, timers, 99 %", lower: true },
      { key: "spinsPerSecond", unit: "turns per second" },
    ],
    settings: { duration: 2000 },
    quickSettings: { duration: 1000 },
    rounds: 3,
    goals: ["generator", "native"].flatMap((of) => [
      { of, metric: "p99", atMost: 20 },
      { of, metric: "timerP99", atMost: 20 },
    ]),
  },
  ...socketRows,
  ...poolRows,
];
