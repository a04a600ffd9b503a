// What the rules know by name where no types tell: the functions and classes of asyncio-ts. Names of a subpath are
// written with it: "concurrent/ThreadPoolExecutor".

/** Functions whose call makes a coroutine: nothing runs until it is awaited. */
export const coroutineFunctions: ReadonlySet<string> = new Set([
  "any",
  "asyncWith",
  "cancelScope",
  "createSubprocessExec",
  "createSubprocessShell",
  "each",
  "failAfter",
  "fromCallback",
  "fromEvent",
  "mapConcurrent",
  "moveOnAfter",
  "openConnection",
  "openUnixConnection",
  "race",
  "retry",
  "sleep",
  "startServer",
  "startUnixServer",
  "supervise",
  "taskGroup",
  "timeout",
  "timeoutAt",
  "toThread",
  "wait",
  "waitFor",
  "wrapPromise",
]);

/** Functions that give a future: it runs already, and is awaited with `yield*`. */
export const futureFunctions: ReadonlySet<string> = new Set([
  "async",
  "createTask",
  "ensureFuture",
  "gather",
  "shield",
]);

const queue = ["get", "join", "put"];
const semaphore = ["acquire", "runExclusive"];

/** Methods whose call makes a coroutine, by class. */
export const coroutineMethods: Readonly<Record<string, readonly string[]>> = {
  AsyncExitStack: ["aclose", "enterContext"],
  Barrier: ["abort", "reset", "use", "wait"],
  BoundedSemaphore: semaphore,
  CapacityLimiter: [...semaphore, "acquireOnBehalfOf"],
  Condition: ["acquire", "runExclusive", "wait", "waitFor"],
  Event: ["wait"],
  EventLoop: [
    "connectAcceptedSocket",
    "createConnection",
    "createDatagramEndpoint",
    "createServer",
    "createUnixConnection",
    "getAddrInfo",
    "getNameInfo",
    "shutdownAsyncgens",
    "shutdownDefaultExecutor",
    "startTls",
    "subprocessExec",
    "subprocessShell",
  ],
  LifoQueue: queue,
  Lock: semaphore,
  PriorityQueue: queue,
  Process: ["communicate", "wait"],
  Queue: queue,
  RateLimiter: ["acquire"],
  ReceiveChannel: ["receive"],
  Semaphore: semaphore,
  SendChannel: ["send"],
  Server: ["serveForever", "startServing", "waitClosed"],
  StreamReader: ["read", "readExactly", "readLine", "readUntil"],
  StreamWriter: ["drain", "startTls", "waitClosed"],
  Supervisor: ["stop"],
  TaskGroup: ["start"],
};

/** Methods that give a future, by class. */
export const futureMethods: Readonly<Record<string, readonly string[]>> = {
  EventLoop: ["createFuture", "createTask", "runInExecutor"],
  TaskGroup: ["createTask"],
};

/** The class of what a function gives; an array for what is destructured from it. */
export const resultClasses: Readonly<Record<string, string | readonly string[]>> = {
  createSubprocessExec: "Process",
  createSubprocessShell: "Process",
  createTask: "Task",
  currentTask: "Task",
  getEventLoop: "EventLoop",
  getRunningLoop: "EventLoop",
  newEventLoop: "EventLoop",
  openConnection: ["StreamReader", "StreamWriter"],
  openMemoryChannel: ["SendChannel", "ReceiveChannel"],
  openUnixConnection: ["StreamReader", "StreamWriter"],
  startServer: "Server",
  startUnixServer: "Server",
};

/** The class of what a function gives to the body that it calls. */
export const bodyArguments: Readonly<Record<string, string | readonly string[]>> = {
  cancelScope: "CancelScope",
  failAfter: "CancelScope",
  moveOnAfter: "CancelScope",
  startServer: ["StreamReader", "StreamWriter"],
  startUnixServer: ["StreamReader", "StreamWriter"],
  supervise: "Supervisor",
  taskGroup: "TaskGroup",
  timeout: "Timeout",
  timeoutAt: "Timeout",
};

/** Classes that go by another name elsewhere: what they are for the tables above. */
export const classAliases: Readonly<Record<string, string>> = { "testing/TestLoop": "EventLoop" };

/** Where a function or a constructor takes a delay: the place of the argument, or of the options and their names. */
export interface DelayPlace {
  readonly argument: number;
  readonly options?: readonly string[];
}

export const delayFunctions: Readonly<Record<string, readonly DelayPlace[]>> = {
  "concurrent/asCompleted": [{ argument: 1, options: ["timeout"] }],
  "concurrent/wait": [{ argument: 1, options: ["timeout"] }],
  "threading/sleep": [{ argument: 0 }],
  RateLimiter: [{ argument: 0, options: ["interval"] }],
  asCompleted: [{ argument: 1, options: ["timeout"] }],
  failAfter: [{ argument: 0 }],
  moveOnAfter: [{ argument: 0 }],
  retry: [{ argument: 1, options: ["delay", "maxDelay"] }],
  sleep: [{ argument: 0 }],
  supervise: [{ argument: 1, options: ["within"] }],
  timeout: [{ argument: 0 }],
  wait: [{ argument: 1, options: ["timeout"] }],
  waitFor: [{ argument: 1 }],
  wrapPromise: [{ argument: 1, options: ["grace"] }],
};

/** Methods that take a delay and whose names nothing else has: they need no receiver of a known class. */
export const delayMethods: Readonly<Record<string, readonly DelayPlace[]>> = {
  callLater: [{ argument: 0 }],
  shutdownDefaultExecutor: [{ argument: 0 }],
};

/** Functions that take coroutines: where a promise is a mistake. A list may be spread over the arguments. */
export const coroutineTakers: Readonly<Record<string, "first" | "list" | "arguments">> = {
  any: "list",
  asCompleted: "list",
  createTask: "first",
  gather: "arguments",
  race: "list",
  run: "first",
  wait: "list",
  waitFor: "first",
};

export const coroutineTakingMethods: Readonly<Record<string, readonly string[]>> = {
  EventLoop: ["createTask"],
  Runner: ["run"],
  TaskGroup: ["createTask"],
};

/** What sends a function to a worker: the place of the argument. */
export const workerFunctions: Readonly<Record<string, number>> = {
  "threading/Process": 0,
  "threading/Thread": 0,
  toThread: 0,
};

const pool = { map: 0, submit: 0 };
const processes = { apply: 0, applyAsync: 0, imap: 0, imapUnordered: 0, map: 0, mapAsync: 0, starmap: 0 };

export const workerMethods: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "concurrent/ProcessPoolExecutor": pool,
  "concurrent/ThreadPoolExecutor": pool,
  "multiprocessing/Pool": processes,
  EventLoop: { runInExecutor: 1 },
};

/** Awaits of these run a whole loop of their own: no task is cancelled at them. */
export const outsideOfTasks: ReadonlySet<string> = new Set(["run", "testing/explore", "testing/runTest"]);
export const outsideMethods: Readonly<Record<string, readonly string[]>> = {
  EventLoop: ["runForever", "runUntilComplete"],
  Runner: ["close", "run"],
};
