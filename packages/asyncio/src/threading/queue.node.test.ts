import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { createTask, gather, QueueEmpty, QueueFull, QueueShutDown, RuntimeError, run, sleep, wait } from "../index.ts";
import { LifoQueue, Lock, Queue, threadEnded, watchThread } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

function drain<T>(queue: Queue<T>): T[] {
  const items: T[] = [];
  while (!queue.empty()) items.push(queue.getNowait());
  return items;
}

describe("a queue between threads, on one thread", () => {
  it("is Python's", () => {
    const queue = new Queue<string>(2);
    expect(() => queue.getNowait()).toThrow(QueueEmpty);
    expect(() => queue.get({ timeout: "5ms" })).toThrow(QueueEmpty);
    queue.put("a");
    queue.put("b");
    expect([queue.qsize(), queue.empty(), queue.full(), queue.maxsize]).toEqual([2, false, true, 2]);
    expect(() => queue.putNowait("c")).toThrow(QueueFull);
    expect(() => queue.put("c", { timeout: 0.005 })).toThrow(QueueFull);
    expect(String(queue)).toBe("<Queue maxsize=2 size=2 tasks=2>");
    expect([queue.get(), queue.get()]).toEqual(["a", "b"]);
    expect(queue.join({ timeout: 0 })).toBe(false);
    queue.taskDone();
    queue.taskDone();
    expect(queue.join()).toBe(true);
    expect(() => queue.taskDone()).toThrow(new RangeError("taskDone() called too many times"));
    expect(() => queue.get({ timeout: -1 })).toThrow(new RangeError("timeout value must be a non-negative number"));
    expect(() => new Queue(Number.NaN)).toThrow(RangeError);
    expect(() => new Queue(1.5)).toThrow(RangeError);
    expect(() => new Queue(0, { maxBytes: Number.NaN })).toThrow(RangeError);
    expect(new Queue(-1).maxsize).toBe(0);
  });

  it("ends as Python's, at once or when it is empty", () => {
    const queue = new Queue<number>();
    queue.put(1);
    queue.put(2);
    queue.shutdown();
    expect(() => queue.put(3)).toThrow(QueueShutDown);
    expect([...queue.items()]).toEqual([1, 2]);
    expect(() => queue.getNowait()).toThrow(QueueShutDown);
    const other = new LifoQueue<number>();
    for (const item of [1, 2, 3]) other.put(item);
    expect(other.get()).toBe(3);
    other.shutdown({ immediate: true });
    expect(() => other.get()).toThrow(QueueShutDown);
    expect(other.statistics()).toMatchObject({ size: 0, bytes: 0, unfinished: 1, shutDown: true });
    other.taskDone();
    expect(other.join()).toBe(true);
  });

  it("copies what structured clone can clone", () => {
    const queue = new Queue<unknown>();
    const shared = { twice: [1] };
    const value = {
      a: new Float32Array([1.5, 2.5]),
      b: new BigInt64Array([5n]),
      map: new Map([[{ key: 1 }, new Set(["é", "\u{1f600}", "\ud800"])]]),
      date: new Date(5),
      nothing: [undefined, null, Number.NaN, -0, 2n ** 70n],
      x: shared,
      y: shared,
    };
    queue.put(value);
    shared.twice.push(2);
    const got = queue.get() as typeof value;
    shared.twice.pop();
    expect(got).toEqual(value);
    expect(got.x).toBe(got.y);
    queue.put(new RangeError("of the item"));
    const error = queue.get();
    expect([error instanceof RangeError, (error as Error).message]).toEqual([true, "of the item"]);
  });

  it("refuses what cannot be cloned, and what is too large", () => {
    const queue = new Queue<unknown>(0, { maxBytes: 64 });
    expect(() => queue.put(() => 1)).toThrow(TypeError);
    expect(() => queue.put([new Lock()])).toThrow("the item cannot be sent to another thread");
    expect(() => queue.put("x".repeat(64))).toThrow(/^the item takes \d+ bytes, more than the queue may have/);
    expect(queue.statistics()).toMatchObject({ size: 0, bytes: 0, unfinished: 0 });
  });

  it.each([
    ["Queue", Queue],
    ["LifoQueue", LifoQueue],
  ] as const)("a %s keeps items whole across its memory's end and its growth", (_, Kind) => {
    const queue: Queue<Uint8Array> = Reflect.construct(Kind, [0, { maxBytes: 2 ** 20 }]);
    const model: Uint8Array[] = [];
    let state = 1;
    const random = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    for (let step = 0; step < 4000; step++) {
      const growing = step % 1000 < 500;
      if (model.length === 0 || random(100) < (growing ? 60 : 40)) {
        const item = Uint8Array.from({ length: random(step % 2000 < 1000 ? 40 : 700) }, () => random(256));
        queue.put(item);
        model.push(item);
      } else {
        expect(queue.get()).toEqual(Kind === Queue ? model.shift() : model.pop());
      }
    }
    expect(drain(queue)).toEqual(Kind === Queue ? model : model.reverse());
    expect(queue.statistics()).toMatchObject({ size: 0, bytes: 0 });
  });

  it("takes 100,000 small items, and large ones", () => {
    const queue = new Queue<unknown>();
    for (let i = 0; i < 100_000; i++) queue.put(i);
    for (let i = 0; i < 100_000; i++) if (queue.get() !== i) throw new Error(`item ${i}`);
    const large = new Uint8Array(2 ** 20).map((_, i) => i * 7);
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 10; i++) queue.put(large);
      for (let i = 0; i < 10; i++) expect(Buffer.compare(queue.get() as Uint8Array, large)).toBe(0);
    }
  });

  it("blocks no running loop", () =>
    run(async () => {
      const queue = new Queue<number>();
      expect(() => queue.get()).toThrow(
        new RuntimeError(
          "Queue.get() would block the running event loop: await getAsync(), or give allowBlocking: true to insist",
        ),
      );
      expect(() => queue.put(1)).toThrow("await putAsync()");
      expect(() => queue.join()).toThrow("await joinAsync()");
      expect(() => [...queue.items()]).toThrow(RuntimeError);
      queue.put(1, { allowBlocking: true });
      expect(queue.getNowait()).toBe(1);
    }));
});

describe.each(["generator", "native"])("a queue between threads, awaited by %s coroutines", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it("serves getters and putters in the order in which they came", () =>
    run(async () => {
      const queue = new Queue<number>(1);
      const got: string[] = [];
      const take = body(function* (name: string) {
        got.push(`${name}${yield queue.getAsync()}`);
      });
      const getters = ["a", "b", "c"].map((name) => createTask(() => take(name)));
      while (queue.statistics().waitingGet < 3) await sleep(0);
      queue.putNowait(1);
      expect(() => queue.getNowait()).toThrow(QueueEmpty); // It is a's.
      await queue.putAsync(2);
      await queue.putAsync(3);
      await gather(getters);
      expect(got).toEqual(["a1", "b2", "c3"]);
      const putters = [4, 5, 6, 7].map((item) =>
        createTask(
          body(function* () {
            yield queue.putAsync(item);
          }),
        ),
      );
      while (queue.statistics().waitingPut < 3) await sleep(0);
      const items: number[] = [];
      for (let i = 0; i < 4; i++) items.push(await queue.getAsync());
      expect(items).toEqual([4, 5, 6, 7]);
      await gather(putters);
      expect(queue.statistics()).toMatchObject({ size: 0, bytes: 0, unfinished: 7, waitingGet: 0, waitingPut: 0 });
    }));

  it("loses no item by a cancellation between wake-up and resume", () =>
    run(async () => {
      const queue = new Queue<number>(1);
      const get = body(function* () {
        return (yield queue.getAsync()) as number;
      });
      const put = body(function* (item: number) {
        yield queue.putAsync(item);
      });
      const [a, b] = [createTask(() => get()), createTask(() => get())];
      while (queue.statistics().waitingGet < 2) await sleep(0);
      queue.putNowait(1);
      a.cancel();
      expect(await b).toBe(1);
      expect(a.cancelled()).toBe(true);
      queue.putNowait(2);
      const [c, d] = [createTask(() => put(3)), createTask(() => put(4))];
      while (queue.statistics().waitingPut < 2) await sleep(0);
      expect(queue.getNowait()).toBe(2);
      c.cancel();
      await wait([c, d]);
      expect([c.cancelled(), queue.getNowait(), queue.empty()]).toEqual([true, 4, true]);
      const last = createTask(() => get());
      while (queue.statistics().waitingGet < 1) await sleep(0);
      queue.putNowait(5);
      last.cancel();
      await wait([last]);
      expect(queue.getNowait()).toBe(5);
    }));

  it("wakes all for its end; an item that was about to be taken is taken first", () =>
    run(async () => {
      const queue = new Queue<number>();
      const results: unknown[] = [];
      const get = body(function* () {
        try {
          results.push(yield queue.getAsync());
        } catch (error) {
          results.push((error as Error).name);
        }
      });
      const tasks = [1, 2, 3].map(() => createTask(() => get()));
      while (queue.statistics().waitingGet < 3) await sleep(0);
      queue.putNowait(1);
      queue.shutdown();
      await gather(tasks);
      expect(results).toEqual([1, "QueueShutDown", "QueueShutDown"]);
      const other = new Queue<number>(1);
      other.putNowait(1);
      const putting = createTask(
        body(function* () {
          yield other.putAsync(2);
        }),
      );
      const joining = createTask(other.joinAsync());
      while (other.statistics().waitingPut + other.statistics().waitingJoin < 2) await sleep(0);
      other.getNowait(); // There is room now for what waits …
      other.shutdown({ immediate: true }); // … and no more.
      await wait([putting]);
      expect(putting.exception()).toBeInstanceOf(QueueShutDown);
      other.taskDone();
      await joining;
      expect(other.statistics()).toMatchObject({ size: 0, bytes: 0, unfinished: 0 });
    }));

  it("an iteration ends with the queue", () =>
    run(async () => {
      const queue = new Queue<number>();
      const task = createTask(async () => {
        const items: number[] = [];
        for await (const item of queue) items.push(item);
        return items;
      });
      for (const item of [1, 2, 3]) await queue.putAsync(item);
      queue.shutdown();
      expect(await task).toEqual([1, 2, 3]);
    }));
});

describe("a queue between several threads", () => {
  it.each([
    ["Queue", 3],
    ["LifoQueue", 0],
  ] as const)(
    "a %s of %i carries every item once, from blocking and awaiting threads",
    async (name, maxsize) => {
      const each = 1500;
      const make = (): Queue<number | null> => (name === "Queue" ? new Queue(maxsize) : new LifoQueue(maxsize));
      const [queue, results] = [make(), new Queue<number[]>()];
      const data = { queue, results };
      const consuming =
        "const got = []; for (const item of data.queue.items()) { got.push(item); data.queue.taskDone(); }";
      const consumers = [
        `${consuming} data.results.put(got);`,
        `await asyncio.run(async () => {
        const got = [];
        for await (const item of data.queue) { got.push(item); data.queue.taskDone(); }
        await data.results.putAsync(got);
      });`,
      ];
      const producer = `for (let i = 0; i < ${each}; i++) data.queue.put(${each} + i);`;
      const workers = [...consumers, producer].map((source) => startWorker(source, data, package_));
      await run(async () => {
        for (let i = 0; i < each; i++) await queue.putAsync(i);
        await workers[2]!.result;
        await queue.joinAsync();
        queue.shutdown();
        const got = [...(await results.getAsync()), ...(await results.getAsync())].sort((a, b) => a - b);
        expect(got).toEqual(Array.from({ length: 2 * each }, (_, i) => i));
      });
      for (const { result } of workers) await result;
      await Promise.all(workers.map(({ exit }) => exit));
    },
    60_000,
  );

  it("large items pass through a small memory", async () => {
    const queue = new Queue<Uint8Array>(0, { maxBytes: 2_500_000 });
    const { result, exit } = startWorker<number[]>(
      "const sums = []; for (const item of data.items()) sums.push(item.reduce((a, b) => a + b, 0)); return sums;",
      queue,
      package_,
    );
    await run(async () => {
      for (let i = 0; i < 10; i++) await queue.putAsync(new Uint8Array(2 ** 20).fill(i));
      queue.shutdown();
    });
    expect(await result).toEqual(Array.from({ length: 10 }, (_, i) => i * 2 ** 20));
    await exit;
  }, 30_000);

  it("an item that was for a terminated worker is for the next", async () => {
    const queue = new Queue<number>();
    const { worker, exit } = startWorker("data.get(); data.get();", queue, package_);
    watchThread(worker);
    await run(async () => {
      while (queue.statistics().waitingGet < 1) await sleep("1ms");
      const next = createTask(queue.getAsync());
      while (queue.statistics().waitingGet < 2) await sleep("1ms");
      void worker.terminate();
      await exit;
      queue.putNowait(1);
      expect(await next).toBe(1);
    });
    // The same for one that had been woken, and had not gone on.
    const waiting = queue.getAsync();
    const loop = run(async () => {
      const task = createTask(waiting);
      while (queue.statistics().waitingGet < 1) await sleep(0);
      queue.putNowait(2);
      threadEnded(0);
      expect(queue.getNowait()).toBe(2);
      await wait([task]);
      expect(task.exception()).toEqual(new RuntimeError("this thread has been terminated"));
    });
    await loop;
  });
});
