// What users infer. Checked by the compiler only: a line that stops inferring is an error of the type check, and so is
// one that should not compile and does.

import {
  any,
  asCompleted,
  Barrier,
  Condition,
  type Coroutine,
  type CoroutineGenerator,
  coroutine,
  createTask,
  type Future,
  type GroupCondition,
  type Guard,
  gather,
  Lock,
  mapConcurrent,
  Queue,
  race,
  retry,
  run,
  shield,
  sleep,
  supervise,
  type Task,
  taskGroup,
  timeout,
  waitFor,
} from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;
declare const promise: Promise<number>;
declare const task: Task<number>;

is<Equal<Awaited<Coroutine<string>>, string>>();
is<Equal<Awaited<Task<number>>, number>>();
// both kinds, awaiting
createTask(function* () {
  const x = yield* sleep(1, "a");
  is<Equal<typeof x, string>>();
  const y = yield* task;
  is<Equal<typeof y, number>>();
  const z = yield* gather(sleep(1, "a"), task);
  is<Equal<typeof z, [string, number]>>();
  yield;
  return x.length + y;
});
createTask(async () => {
  const x = await sleep("250ms", "a");
  is<Equal<typeof x, string>>();
  const y = await task;
  is<Equal<typeof y, number>>();
  return y;
});
// createTask
is<Equal<ReturnType<typeof t1>, Task<number>>>();
const t1 = () => createTask(async () => 1);
const t2 = createTask(function* () {
  return yield* sleep(1, "a");
});
is<Equal<typeof t2, Task<string>>>();
const t3 = createTask(sleep(1, "a"));
is<Equal<typeof t3, Task<string>>>();
const t4 = createTask(() => sleep(1, 2));
is<Equal<typeof t4, Task<number>>>();
const t5 = createTask(async () => 1, { name: "n" });
is<Equal<typeof t5, Task<number>>>();
// @ts-expect-error a promise is already running
createTask(promise);
// @ts-expect-error a task is no coroutine
createTask(task);
// @ts-expect-error not a coroutine
createTask(() => 5);
// @ts-expect-error the star is forgotten
createTask(function* () {
  const x = yield sleep(1, "a");
  return x;
});
// @ts-expect-error bad yield
createTask(function* () {
  yield 5;
});
// @ts-expect-error exactOptionalPropertyTypes
createTask(async () => 1, { name: undefined });
// @ts-expect-error nobody sets a task's result (in a function: it returns never, what follows would not be checked)
void (() => task.setResult(1));
// coroutine()
const hello = coroutine(async (name: string, times?: number) => name.repeat(times ?? 1));
is<Equal<typeof hello, (name: string, times?: number) => Coroutine<string>>>();
const hi = coroutine(function* (n: number) {
  yield* sleep(n);
  return [n];
});
is<Equal<typeof hi, (n: number) => Coroutine<number[]>>>();
const id = coroutine(async <X>(x: X) => x);
const idr = id(new Date());
is<Equal<typeof idr, Coroutine<Date>>>();
const gid = coroutine(function* <X>(x: X) {
  yield* sleep(0);
  return x;
});
const gr = gid(1 as number);
is<Equal<typeof gr, Coroutine<number>>>();
export const exported: (n: number) => Coroutine<string> = coroutine(async (n) => String(n));
export function* factorial(n: number): CoroutineGenerator<number> {
  return n < 2 ? 1 : n * (yield* factorial(n - 1));
}
const fact = coroutine(factorial);
is<Equal<typeof fact, (n: number) => Coroutine<number>>>();
// methods
class Service {
  name = "x";
  fetch = coroutine(async (url: string) => this.name + url);
  *steps(): CoroutineGenerator<number> {
    yield* sleep(1);
    return 1;
  }
}
const m1 = createTask(new Service().steps());
is<Equal<typeof m1, Task<number>>>();
const m2 = createTask(new Service().fetch("/"));
is<Equal<typeof m2, Task<string>>>();
// gather
const g1 = gather(
  sleep(1, "a"),
  async () => 1,
  promise,
  task,
  function* () {
    yield* sleep(1);
    return true;
  },
);
is<Equal<typeof g1, Future<[string, number, number, number, boolean]>>>();
const coroutines: Coroutine<number>[] = [];
const g2 = gather(...coroutines);
is<Equal<typeof g2, Future<number[]>>>();
const g3 = gather([sleep(1, "a"), task]);
is<Equal<typeof g3, Future<[string, number]>>>();
const g4 = gather([sleep(1, "a"), task], { returnExceptions: true });
is<Equal<typeof g4, Future<[string | Error, number | Error]>>>();
const g5 = gather(coroutines, { returnExceptions: true });
is<Equal<typeof g5, Future<(number | Error)[]>>>();
const g6 = gather();
is<Equal<typeof g6, Future<[]>>>();
// bodies
const b1 = taskGroup(async (group) => {
  const a = group.createTask(async () => 1);
  const b = group.createTask(function* () {
    return yield* sleep(1, "b");
  });
  return [await a, await b] as const;
});
is<Equal<typeof b1, Coroutine<readonly [number, string]>>>();
const b2 = taskGroup(function* (group) {
  const a = group.createTask(async () => 1);
  return (yield* a) + 1;
});
is<Equal<typeof b2, Coroutine<number>>>();
const b3 = timeout(5, async (t) => {
  t.reschedule(null);
  return sleep(1, "a");
});
is<Equal<typeof b3, Coroutine<string>>>();
const b4 = timeout("5s", () => sleep(1, 1));
is<Equal<typeof b4, Coroutine<number>>>();
const b5 = timeout(null, function* () {
  return yield* sleep(1, "a");
});
is<Equal<typeof b5, Coroutine<string>>>();
// @ts-expect-error unit unknown
timeout("5 sec", () => sleep(1));
const r1 = run(async () => 1);
is<Equal<typeof r1, Promise<number>>>();
const r2 = run(function* () {
  return yield* sleep(1, "a");
});
is<Equal<typeof r2, Promise<string>>>();
const r3 = run(sleep(1, 2));
is<Equal<typeof r3, Promise<number>>>();
const w1 = waitFor(async () => 1, 5);
is<Equal<typeof w1, Coroutine<number>>>();
const w2 = waitFor(task, null);
is<Equal<typeof w2, Coroutine<number>>>();
const w3 = waitFor(hi(3), 1);
is<Equal<typeof w3, Coroutine<number[]>>>();
const s1 = shield(task);
is<Equal<typeof s1, Future<number>>>();
// @ts-expect-error a promise cannot be stopped
waitFor(promise, 5);
type FirstOfItsType = { readonly firstOfItsType: true };
declare const firstOfItsType: Task<FirstOfItsType>;
async function completed(): Promise<void> {
  // A type of its own: tsc types only the first `for await` over a type this way. The next one gets its iteration types
  // from a cache, through a path that awaits them once more (5.9 and 6.0 alike), and says `number` for `Future<number>`.
  for await (const f of asCompleted([firstOfItsType, firstOfItsType])) {
    is<Equal<typeof f, Future<FirstOfItsType>>>();
  }
  for (const c of asCompleted([sleep(1, "a")])) {
    const v = await c;
    is<Equal<typeof v, string>>();
  }
}
// A value that is itself awaitable: `yield*` gives it, `await` unwraps it. JavaScript cannot do otherwise.
declare const nested: Future<Task<number>>;
async function unwrapped(): Promise<void> {
  const v = await nested;
  is<Equal<typeof v, number>>();
}
function* kept(): CoroutineGenerator<void> {
  const v = yield* nested;
  is<Equal<typeof v, Task<number>>>();
}
declare const unit: Future<void>;
unit.setResult();
declare const un: Future<string | undefined>;
un.setResult(undefined);
void [completed, unwrapped, kept];
// locks
async function locked(): Promise<void> {
  const guard = await new Lock().acquire();
  is<Equal<typeof guard, Guard>>();
  const ran = await new Lock().runExclusive(async () => 1);
  is<Equal<typeof ran, number>>();
  const index = await new Barrier(2).use(function* (position) {
    yield* sleep(0);
    return `${position satisfies number}`;
  });
  is<Equal<typeof index, string>>();
  const looked = await new Condition().waitFor(() => [1]);
  is<Equal<typeof looked, number[]>>();
}
// the condition of an ExceptionGroup's split is not the lock's
is<Equal<Extract<RangeErrorConstructor, GroupCondition>, RangeErrorConstructor>>();
void locked;
// bounded work and supervision
createTask(async () => {
  const all = await mapConcurrent([1, 2], (item, index) => sleep(item, `${index}`), { limit: 2 });
  is<Equal<typeof all, string[]>>();
  const fromQueue = mapConcurrent(
    new Queue<string>(),
    async (item) => {
      is<Equal<typeof item, string>>();
      return item.length;
    },
    { limit: 1 },
  );
  for await (const item of fromQueue) is<Equal<typeof item, number>>();
  const viaGenerator = await mapConcurrent(
    new Set([true]),
    function* (item) {
      return yield* sleep(1, item);
    },
    { limit: Infinity, ordered: false },
  );
  is<Equal<typeof viaGenerator, boolean[]>>();
  // @ts-expect-error a promise is no list
  mapConcurrent(promise, async () => {}, { limit: 1 });
  // @ts-expect-error the limit is needed
  mapConcurrent([1], async () => {}, {});
  const tried = await retry((attempt) => sleep(1, attempt));
  is<Equal<typeof tried, number>>();
  const first = await race([sleep(1, "a"), task, async () => true]);
  is<Equal<typeof first, string | number | boolean>>();
  const success = await any([() => sleep(1, "a" as const), task]);
  is<Equal<typeof success, "a" | number>>();
  // @ts-expect-error a promise cannot be stopped
  race([promise]);
  const nothing = await supervise(async (supervisor) => supervisor.start("a", () => sleep(1)));
  is<Equal<typeof nothing, void>>();
  // @ts-expect-error a coroutine can run only once
  await supervise(async (supervisor) => supervisor.start("a", sleep(1)));
});
// still accepted, no type can stop it: iterating an awaitable by mistake
for (const x of sleep(1)) {
  void x;
}
