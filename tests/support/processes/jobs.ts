/** What the tests of asyncio-ts/multiprocessing run in other processes. */
import { sleep } from "asyncio-ts";
import type {
  Connection,
  DictProxy,
  JoinableQueue,
  LockProxy,
  Process,
  Queue,
  SimpleQueue,
  ValueProxy,
} from "../../../packages/asyncio/src/multiprocessing/index.ts";
import type { CoroutineGenerator } from "../../../packages/asyncio/src/tasks/suspension.ts";

export function nothing(): void {}

export function fail(message: string): void {
  throw new RangeError(message);
}

export function exit(code: number): void {
  process.exit(code);
}

export async function forEver(): Promise<void> {
  await sleep(3600);
}

export async function clean(queue: Queue<string>): Promise<void> {
  await queue.put("ready");
  try {
    await sleep(3600);
  } finally {
    await queue.put("cleaned up");
  }
}

export async function produce(queue: Queue<number> | SimpleQueue<number>, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await queue.put(i);
}

export function* produceByGenerator(queue: Queue<number>, count: number): CoroutineGenerator<void> {
  for (let i = 0; i < count; i++) yield* queue.put(i);
}

export async function double(from: Queue<number>, to: Queue<number>): Promise<void> {
  for (;;) {
    const item = await from.get();
    if (item < 0) return;
    await to.put(item * 2);
  }
}

export async function workOn(queue: JoinableQueue<number>, seen: Queue<number>): Promise<void> {
  for (;;) {
    const item = await queue.get();
    await seen.put(item);
    if (item < 0) await sleep(3600);
    await queue.taskDone();
  }
}

export async function echo(connection: Connection<unknown>): Promise<void> {
  for (;;) {
    let message: unknown;
    try {
      message = await connection.recv();
    } catch (error) {
      if ((error as Error).name === "EOFError") return;
      throw error;
    }
    await connection.send(message);
  }
}

export async function sendAll(connection: Connection<number>, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await connection.send(i);
}

/** Answers by the connection that comes with the question. */
export async function answer(questions: Queue<{ readonly reply: Connection<string>; readonly text: string }>) {
  const { reply, text } = await questions.get();
  await reply.send(text.toUpperCase());
}

export async function putUncloneable(queue: Queue<unknown>): Promise<void> {
  try {
    await queue.put({ users: [{ onClick: () => 1 }] });
  } catch (error) {
    await queue.put((error as Error).message);
  }
}

export async function count(dict: DictProxy<string, number>, value: ValueProxy<number>, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await dict.add("n", 1);
    await value.add(2);
  }
}

export async function countWithLock(lock: LockProxy, value: ValueProxy<number>, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await lock.runExclusive(async () => {
      await value.set((await value.get()) + 1);
    });
  }
}

export async function holdLock(lock: LockProxy, queue: Queue<string>): Promise<void> {
  await lock.acquire();
  await queue.put("held");
  await sleep(3600);
}

/** Starts a process of its own and hands it the queue. */
export async function nested(queue: Queue<number>): Promise<void> {
  const { Process, workerModule } = await import("asyncio-ts/multiprocessing");
  const jobs = workerModule<typeof import("./jobs.ts")>(new URL(import.meta.url));
  const child: Process = new Process(jobs.produce, queue as never, 3) as never;
  child.start();
  await child.join();
  await queue.put(100);
}

export function square(n: number): number {
  if (n < 0) throw new RangeError(`${n} is negative`);
  return n * n;
}

export function add(a: number, b: number): number {
  return a + b;
}

export function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** Without a loop: pools' workers have none. */
export function stall(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3_600_000));
}

/** Starts a daemon, and is there until it is killed. */
export async function startDaemon(queue: Queue<number>): Promise<void> {
  const { Process, workerModule } = await import("asyncio-ts/multiprocessing");
  const jobs = workerModule<typeof import("./jobs.ts")>(new URL(import.meta.url));
  const daemon: Process = new Process(jobs.forEver) as never;
  daemon.daemon = true;
  daemon.start();
  await queue.put(daemon.pid as number);
  await sleep(3600);
}

/** Sends what the package does not know. */
export function babble(): void {
  for (const message of ["text", 5, {}, [1], { kind: 1 }, { kind: "call" }]) process.send?.(message);
}
