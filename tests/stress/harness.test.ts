// The harness itself: it reaches every moment, and what it is meant to find, it finds.
import { createTask, currentTask, Future, getRunningLoop, isCancelled, sleep } from "asyncio-ts";
import { describe, expect, it } from "vitest";
import { cancelEverywhere, type Scenario } from "./cancel-everywhere.ts";
import { kinds, of } from "./kinds.ts";

describe("moments", () => {
  it.each(Object.keys(kinds))("%s: every suspension, before the first step, and after each wake-up", async (kind) => {
    const places = new Set<string>();
    const scenario: Scenario = () => {
      let place = "before the first step";
      let woken = false;
      return {
        tasks: {
          *victim() {
            try {
              place = "in a turn";
              yield sleep(0);
              place = "asleep";
              yield sleep(1);
              place = "waiting";
              const future = new Future<void>();
              const timer = getRunningLoop().callLater(1, () => {
                woken = true;
                future.setResult();
              });
              try {
                yield future;
              } finally {
                timer.cancel();
              }
              place = "after a wait";
              yield sleep(0);
            } catch (error) {
              places.add(place === "waiting" && woken ? "woken" : place);
              throw error;
            } finally {
              place = "over";
            }
          },
        },
        atEnd: () => {
          if (place !== "over") places.add(place);
        },
      };
    };
    const runs = await cancelEverywhere(scenario, { kinds: [kind], attacks: ["cancel"] });
    expect([...places].sort()).toEqual(
      ["after a wait", "asleep", "before the first step", "in a turn", "waiting", "woken"].sort(),
    );
    expect(runs).toBeLessThan(40);
  });

  it("are the same in each kind of order", async () => {
    const seen = new Set<string>();
    const scenario: Scenario = () => {
      let order = "";
      const script = (name: string) =>
        function* () {
          yield sleep(0);
          order += name;
          yield sleep(0);
          order += name;
        };
      return { tasks: { a: script("a"), b: script("b") }, atEnd: () => void seen.add(order) };
    };
    await cancelEverywhere(scenario, { attacks: ["cancel"] });
    expect(seen).toContain("abab");
    expect(seen).not.toContain("baab");
    await cancelEverywhere(scenario, { attacks: ["cancel"], seeds: [1, 2, 3, 4, 5, 6] });
    expect(seen).toContain("baab");
  });
});

describe("what it finds", () => {
  /** Hands over to the first in line, whether it still waits or not. */
  class NaiveLock {
    locked = false;
    private readonly waiters: Future<void>[] = [];

    *acquire() {
      if (!this.locked) {
        this.locked = true;
        return;
      }
      const waiter = new Future<void>();
      this.waiters.push(waiter);
      yield* of(waiter);
    }

    release(): void {
      const next = this.waiters.shift();
      if (next === undefined) this.locked = false;
      else if (!next.done()) next.setResult();
    }
  }

  const finds = async (scenario: Scenario, message: RegExp): Promise<void> => {
    for (const kind of ["generator", "native"]) {
      await expect(cancelEverywhere(scenario, { kinds: [kind], attacks: ["cancel"] })).rejects.toThrow(message);
    }
  };

  it("a lock that is handed to a task that is gone", () =>
    finds(() => {
      const lock = new NaiveLock();
      const worker = function* () {
        yield* lock.acquire();
        try {
          yield sleep(1);
        } finally {
          lock.release();
        }
      };
      return { tasks: { a: worker, b: worker, c: worker } };
    }, /deadlock.*waits for/s));

  it("a permit that is gone at the end", () =>
    finds(() => {
      let permits = 1;
      return {
        tasks: {
          *a() {
            permits--;
            yield sleep(1);
            permits++;
          },
        },
        atEnd: () => {
          if (permits !== 1) throw new Error(`${permits} permits`);
        },
      };
    }, /0 permits/));

  it("an inconsistency that lasts for one handle", () =>
    finds(() => {
      let balance = 0;
      return {
        tasks: {
          *a() {
            try {
              yield sleep(1);
            } catch (error) {
              balance++;
              throw error;
            } finally {
              getRunningLoop().callSoon(() => {
                balance = 0;
              });
            }
          },
        },
        always: () => {
          if (balance !== 0) throw new Error("out of balance");
        },
      };
    }, /after \d+ handles: Error: out of balance/));

  it("a cancellation that is swallowed", () =>
    finds(
      () => ({
        tasks: {
          *a() {
            try {
              yield sleep(1);
            } catch {}
          },
        },
      }),
      /"victim":"a".*a was not cancelled, but returned/s,
    ));

  it("a timer that is left", () =>
    finds(
      () => ({
        tasks: {
          *a() {
            const timer = getRunningLoop().callLater(10, () => {});
            yield sleep(1);
            timer.cancel();
          },
        },
      }),
      /a timer is left, due at 10/,
    ));

  it("a task that is left and never ends", () =>
    finds(
      () => ({
        tasks: {
          *a() {
            const future = new Future<void>();
            createTask(function* left() {
              yield* future;
            });
            yield sleep(1);
            future.setResult();
          },
        },
      }),
      /deadlock.*left/s,
    ));

  it("a task that was harmed with the victim", () =>
    finds(() => {
      const shared = new Future<void>();
      return {
        tasks: {
          *a() {
            yield shared;
          },
          *b() {
            yield shared;
          },
        },
        helpers: {
          *supplier() {
            yield sleep(1);
            if (!shared.done()) shared.setResult();
          },
        },
      };
    }, /b, which was not attacked, was cancelled/));

  it("an error that nobody saw", () =>
    finds(
      () => ({
        tasks: {
          *a() {
            try {
              yield sleep(1);
            } finally {
              if (currentTask()!.cancelling() > 0) new Future<void>().setException(new Error("lost"));
            }
          },
        },
      }),
      /reported: .*never retrieved.*lost/s,
    ));

  it("more cancellations than one", async () => {
    const counts = new Set<number>();
    const scenario: Scenario = () => ({
      tasks: {
        *a() {
          try {
            yield sleep(1);
          } catch (error) {
            if (isCancelled(error)) counts.add(currentTask()!.cancelling());
            throw error;
          }
        },
      },
    });
    await cancelEverywhere(scenario, { attacks: ["cancel twice"] });
    expect([...counts]).toEqual([2]);
  });
});
