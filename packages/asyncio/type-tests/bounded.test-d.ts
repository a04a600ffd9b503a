// What users infer of bounded work and supervision. Checked by the compiler only, see contract.test-d.ts.

import { any, createTask, mapConcurrent, Queue, race, retry, sleep, supervise, type Task } from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;
declare const promise: Promise<number>;
declare const task: Task<number>;

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
