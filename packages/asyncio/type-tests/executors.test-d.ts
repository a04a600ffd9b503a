import { toThread } from "asyncio-ts";
import { type Future, inline, type ThreadPoolExecutor, workerModule } from "asyncio-ts/concurrent";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

declare const pool: ThreadPoolExecutor;
const jobs = workerModule<typeof import("../../../tests/support/jobs/typed.ts")>("file:///jobs.js");

const factorial = pool.submit(jobs.factorial, 5n);
same<typeof factorial, Future<bigint>>(true);
// @ts-expect-error a number is no bigint
pool.submit(jobs.factorial, 5);
// @ts-expect-error an argument is missing
pool.submit(jobs.factorial);
// @ts-expect-error no such export
pool.submit(jobs.fibonacci, 5n);
// @ts-expect-error a function is no task
pool.submit(() => 5);

const tripled = pool.submit(
  inline({ k: 3 }, ({ k }, x: number) => k * x),
  14,
);
same<typeof tripled, Future<number>>(true);

export async function awaited(): Promise<void> {
  const one = await factorial;
  same<typeof one, bigint>(true);
  const two = await toThread(jobs.cubes, [1]);
  same<typeof two, number[]>(true);
  for await (const each of pool.map(jobs.factorial, [1n, 2n], { chunksize: 2 })) same<typeof each, bigint>(true);
}

export function* generated(): Generator<never, void, unknown> {
  for (const each of pool.map(jobs.factorial, [1n])) same<typeof each, bigint>(true);
}
