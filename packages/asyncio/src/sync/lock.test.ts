import { describe, expect, it, vi } from "vitest";
import {
  type CoroutineGenerator,
  createTask,
  type Guard,
  gather,
  Lock,
  RuntimeError,
  run,
  sleep,
  type Task,
  wait,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

describe("a lock", () => {
  it("shows who holds it and how many wait", () =>
    runTest(async () => {
      const lock = new Lock();
      expect([String(lock), lock.locked(), lock.statistics()]).toEqual([
        "<Lock [unlocked]>",
        false,
        { locked: false, holder: null, waiters: 0 },
      ]);
      const holders = [1, 2].map(() =>
        createTask(() =>
          lock.runExclusive(async () => {
            await sleep(1);
          }),
        ),
      );
      await sleep(0);
      expect([String(lock), lock.statistics()]).toEqual([
        "<Lock [locked, waiters:1]>",
        { locked: true, holder: expect.anything(), waiters: 1 },
      ]);
      expect(lock.statistics().holder).toBe(holders[0]);
      await sleep(1.5);
      expect(lock.statistics().holder).toBe(holders[1]);
      await gather(holders);
    }));

  it("runExclusive gives the body's result, for both kinds of body, and takes the guard back however it ends", () =>
    runTest(function* () {
      const lock = new Lock();
      expect(yield* lock.runExclusive(async () => [lock.locked(), "native"])).toEqual([true, "native"]);
      const generated = yield* lock.runExclusive(function* (): CoroutineGenerator<string> {
        yield* sleep(0);
        return "generator";
      });
      expect([generated, lock.locked()]).toEqual(["generator", false]);
      const failing = lock.runExclusive(() => {
        throw new RangeError("of the body");
      });
      const [failed] = yield* gather([failing], { returnExceptions: true });
      expect([failed, lock.locked()]).toEqual([new RangeError("of the body"), false]);
    }));

  it("a body that releases the lock itself is not punished, and cannot release another's", () =>
    runTest(async () => {
      const lock = new Lock();
      await lock.runExclusive(async () => {
        lock.release();
        await lock.acquire();
      });
      expect(lock.locked()).toBe(true);
      expect(() => lock.release()).not.toThrow();
      expect(() => lock.release()).toThrow(new RuntimeError("Lock is not acquired."));
    }));

  it("runExclusive in native code after a foreign await belongs to its task", () =>
    runTest(async () => {
      const lock = new Lock();
      await Promise.resolve().then(() => {});
      const guard = await lock.acquire();
      expect(lock.statistics().holder?.getName()).toMatch(/^Task-/);
      guard.release();
      const result = await lock.runExclusive(async () => "done");
      expect([result, lock.locked()]).toEqual(["done", false]);
    }));

  it("is not acquired by a coroutine that nobody has awaited, nor by one that is closed", () =>
    runTest(async () => {
      const lock = new Lock();
      const acquiring = lock.acquire();
      expect([acquiring.state, acquiring.name, lock.locked()]).toEqual(["created", "acquire", false]);
      acquiring.close();
      await expect(acquiring.then()).rejects.toThrow("cannot reuse already awaited coroutine");
      expect(lock.locked()).toBe(false);
    }));

  it("can be acquired by hand while it is free, and waited for by hand in a running loop", () =>
    runTest(async () => {
      const lock = new Lock();
      expect(() => lock.acquire().send(null)).toThrow(expect.objectContaining({ name: "StopIteration" }));
      const waiting = lock.acquire();
      waiting.send(null);
      expect(String(lock)).toBe("<Lock [locked, waiters:1]>");
      lock.release();
      waiting.close(); // It was about to get the lock; nobody else wants it.
      expect(String(lock)).toBe("<Lock [unlocked]>");
    }));
});

describe("a guard", () => {
  it("is truthy, releases once, and can be disposed of", () =>
    runTest(function* () {
      const lock = new Lock();
      const guard: Guard = yield* lock.acquire();
      expect(Boolean(guard)).toBe(true);
      guard.release();
      expect(lock.locked()).toBe(false);
      const second = yield* lock.acquire();
      guard.release(); // Harmless: it is not the one that holds the lock.
      guard[Symbol.dispose]();
      expect(lock.locked()).toBe(true);
      second[Symbol.dispose]();
      second[Symbol.dispose]();
      expect(lock.locked()).toBe(false);
    }));

  it("does not release what somebody else has acquired after lock.release()", () =>
    runTest(async () => {
      const lock = new Lock();
      const first = await lock.acquire();
      lock.release();
      const second = await lock.acquire();
      first.release();
      expect(lock.locked()).toBe(true);
      second.release();
      expect(lock.locked()).toBe(false);
    }));
});

describe("a lock under load", () => {
  for (const kind of ["generator", "native"] as const) {
    it(`never has two holders and loses nobody, whoever is cancelled when (${kind})`, async () => {
      for (let seed = 1; seed <= 15; seed++) await runTest(() => storm(kind, seed), { seed });
    });
  }

  it("20,000 wait, some leave, the others get it in turn: linear time", () =>
    run(function* () {
      const lock = new Lock();
      yield* lock.acquire();
      let turns = 0;
      const tasks = Array.from({ length: 20_000 }, () =>
        createTask(function* () {
          yield* lock.acquire();
          turns++;
          lock.release();
        }),
      );
      yield* sleep(0);
      for (let i = 0; i < 10_000; i++) tasks[i]!.cancel();
      lock.release();
      yield* wait(tasks);
      expect([turns, lock.statistics().waiters, lock.locked()]).toEqual([10_000, 0, false]);
    }));
});

/** Tasks that acquire and release, while others cancel them at any moment. */
async function storm(kind: "generator" | "native", seed: number): Promise<void> {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const lock = new Lock();
  let inside = 0;
  const start = (): Task<void> =>
    kind === "native"
      ? createTask(async () => {
          for (let i = 0; i < 4; i++) {
            const guard = await lock.acquire();
            try {
              expect(++inside).toBe(1);
              for (let n = random(3); n > 0; n--) await sleep(0);
            } finally {
              inside--;
              guard.release();
            }
          }
        })
      : createTask(function* () {
          for (let i = 0; i < 4; i++) {
            yield* lock.runExclusive(function* () {
              try {
                expect(++inside).toBe(1);
                for (let n = random(3); n > 0; n--) yield* sleep(0);
              } finally {
                inside--;
              }
            });
          }
        });
  const tasks = Array.from({ length: 12 }, start);
  for (let i = 0; i < 20; i++) {
    for (let n = random(3); n > 0; n--) await sleep(0);
    tasks[random(tasks.length)]!.cancel();
  }
  await wait(tasks);
  for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBe(null);
  expect([lock.locked(), lock.statistics().waiters, inside]).toEqual([false, 0, 0]);
  expect(await lock.runExclusive(async () => "free")).toBe("free");
}

describe("in debug mode, a lock whose holder has ended", () => {
  const warnings = async (debug: boolean, main: (lock: Lock) => Promise<void>): Promise<string[]> => {
    const lock = new Lock();
    const loop = new TestLoop();
    loop.setDebug(debug);
    const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
    await run(() => main(lock), { debug, loopFactory: () => loop });
    return warn.mock.calls.map(([message]) => message).filter((message) => message.includes("Lock"));
  };
  const forget = async (lock: Lock): Promise<void> => {
    await createTask(async () => void (await lock.acquire()), { name: "forgetful" });
    await sleep(0);
    lock.release();
  };

  it("is reported once, with the names of lock and task", async () => {
    const [message, ...rest] = await warnings(true, forget);
    expect(message).toMatch(/^<Lock \[locked\]> was acquired by <Task finished name='forgetful' .*>, which has ended/);
    expect(rest).toEqual([]);
  });

  it("is not reported otherwise", async () => {
    expect(await warnings(false, forget)).toEqual([]);
    const handOn = async (lock: Lock): Promise<void> => {
      const guard = await createTask(lock.acquire());
      await sleep(0);
      guard.release();
      for (let i = 0; i < 3; i++) await createTask(() => lock.runExclusive(async () => void (await sleep(0))));
    };
    expect(await warnings(true, handOn)).toEqual([]);
  });
});
