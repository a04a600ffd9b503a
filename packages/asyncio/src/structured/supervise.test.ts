import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allTasks,
  type Body,
  type ChildFailure,
  ContextVar,
  cancelScope,
  createTask,
  currentTask,
  ExceptionGroup,
  eagerTaskFactory,
  getRunningLoop,
  isCancelled,
  KeyboardInterrupt,
  moveOnAfter,
  type RestartType,
  RuntimeError,
  run,
  type SuperviseOptions,
  type SuperviseStrategy,
  type Supervisor,
  sleep,
  supervise,
  TimeoutError,
  timeout,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    return error as Error;
  }
  throw new Error("no error");
}

const now = (): number => getRunningLoop().time();
const membersOf = (error: unknown): string[] => (error as ExceptionGroup).errors.map(String);
const quiet = { onFailure: () => {} };

/** Children that write down their starts and ends; each fails in its n-th run after so many seconds. */
class Diary {
  readonly lines: string[] = [];
  private readonly runs: Map<string, number> = new Map();

  private readonly native: boolean;

  constructor(native: boolean) {
    this.native = native;
  }

  child(name: string, failures: readonly number[] = [], cleanUp = 0): () => Body<void> {
    const begin = (): number => {
      const count = this.runs.get(name) ?? 0;
      this.runs.set(name, count + 1);
      this.lines.push(`${now()} +${name}`);
      return count;
    };
    const end = (error: unknown): void => void this.lines.push(`${now()} ${isCancelled(error) ? "-" : "!"}${name}`);
    if (this.native) {
      return async () => {
        const count = begin();
        try {
          await sleep(failures[count] ?? 1000);
          throw new Error(`${name} ${count}`);
        } catch (error) {
          if (isCancelled(error)) await sleep(cleanUp);
          end(error);
          throw error;
        }
      };
    }
    return function* () {
      const count = begin();
      try {
        yield* sleep(failures[count] ?? 1000);
        throw new Error(`${name} ${count}`);
      } catch (error) {
        if (isCancelled(error)) yield* sleep(cleanUp);
        end(error);
        throw error;
      }
    };
  }
}

for (const native of [false, true]) {
  describe(`supervise, ${native ? "native" : "generator"} children`, () => {
    const life = async (
      strategy: SuperviseStrategy,
      failures: Record<string, readonly number[]>,
      options: SuperviseOptions = quiet,
    ): Promise<string[]> => {
      const diary = new Diary(native);
      await supervise(
        async (supervisor) => {
          for (const name of ["a", "b", "c"]) supervisor.start(name, diary.child(name, failures[name], 0.5));
          await sleep(10);
          supervisor.cancel();
        },
        { strategy, ...options },
      );
      expect(allTasks().size).toBe(1);
      return diary.lines;
    };
    const started = ["0 +a", "0 +b", "0 +c"];
    const stopped = ["10.5 -c", "11 -b", "11.5 -a"];

    it("one-for-one restarts who has failed", () =>
      runTest(async () => {
        expect(await life("one-for-one", { b: [1, 2] })).toEqual([
          ...started,
          "1 !b",
          "1 +b",
          "3 !b",
          "3 +b",
          ...stopped,
        ]);
      }));

    it("one-for-all stops the others in the reverse order, then starts all in order", () =>
      runTest(async () => {
        expect(await life("one-for-all", { b: [1] })).toEqual([
          ...started,
          ...["1 !b", "1.5 -c", "2 -a", "2 +a", "2 +b", "2 +c"],
          ...stopped,
        ]);
      }));

    it("rest-for-one does so with those that were started after it", () =>
      runTest(async () => {
        expect(await life("rest-for-one", { b: [1] })).toEqual([
          ...started,
          ...["1 !b", "1.5 -c", "1.5 +b", "1.5 +c"],
          ...stopped,
        ]);
      }));

    it("pauses before a restart, longer each time, if asked to", () =>
      runTest(async () => {
        const options = { ...quiet, backoff: { delay: 0.25, jitter: "none" } } as const;
        expect(await life("rest-for-one", { b: [1, 1] }, options)).toEqual([
          ...started,
          ...["1 !b", "1.5 -c", "1.75 +b", "1.75 +c"],
          ...["2.75 !b", "3.25 -c", "3.75 +b", "3.75 +c"],
          ...stopped,
        ]);
      }));

    it("too many restarts end everything, with the failures", () =>
      runTest(async () => {
        const diary = new Diary(native);
        let body: unknown;
        const error = await errorOf(
          supervise(
            async (supervisor) => {
              supervisor.start("a", diary.child("a", [], 0.5));
              supervisor.start("b", diary.child("b", [1, 1, 1]));
              supervisor.start("c", diary.child("c", [], 0.5));
              try {
                await sleep(100);
              } catch (caught) {
                body = caught;
                throw caught;
              }
            },
            { maxRestarts: 2, within: "5s", ...quiet },
          ),
        );
        expect(error).toBeInstanceOf(ExceptionGroup);
        expect(error.message).toBe("restart limit exceeded: more than 2 restarts within 5 s");
        expect(membersOf(error)).toEqual(["Error: b 0", "Error: b 1", "Error: b 2"]);
        expect(diary.lines.slice(-3)).toEqual(["3 !b", "3.5 -c", "4 -a"]);
        expect([isCancelled(body), allTasks().size, currentTask()!.cancelling()]).toEqual([true, 1, 0]);
      }));

    it("restarts that are long ago do not count", () =>
      runTest(async () => {
        const failures = [2, 2, 2, 2, 2];
        const limited = { maxRestarts: 2, within: 3.5, ...quiet };
        expect((await life("one-for-one", { a: failures.slice(0, 4) }, limited)).length).toBe(3 + 8 + 3);
        // Exactly as long ago as the time still counts.
        const error = await errorOf(life("one-for-one", { a: failures }, { ...limited, within: 4 }));
        expect(membersOf(error).length).toBe(3);
      }));

    it("stop() stops one for good, and frees its name", () =>
      runTest(async () => {
        const diary = new Diary(native);
        await supervise(async (supervisor) => {
          supervisor.start("a", diary.child("a", [], 2), { restart: "permanent" });
          supervisor.start("b", diary.child("b"));
          await sleep(1);
          const stopping = createTask(supervisor.stop("a"));
          await sleep(1);
          expect(supervisor.children.get("a")).toMatchObject({ state: "stopping", restarts: 0 });
          expect(() => supervisor.start("a", diary.child("a"))).toThrow("already has a child 'a'");
          await supervisor.stop("a"); // Twice is as good as once: its clean-up is not interrupted.
          expect([stopping.done(), [...supervisor.children.keys()], now()]).toEqual([true, ["b"], 3]);
          supervisor.start("a", diary.child("a"));
          await supervisor.stop("b");
          await supervisor.stop("a");
          expect((await errorOf(supervisor.stop("a"))).message).toMatch(/ has no child 'a'$/);
        });
        expect(diary.lines).toEqual(["0 +a", "0 +b", "3 -a", "3 +a", "3 -b", "3 -a"].map((line) => line));
      }));

    it("cancelled, stops body and children", () =>
      runTest(async () => {
        const diary = new Diary(native);
        const limited = timeout(2, () =>
          supervise(async (supervisor) => {
            supervisor.start("a", diary.child("a", [], 1));
            supervisor.start("b", diary.child("b", [], 1));
            await sleep(1);
          }),
        );
        expect(await errorOf(limited)).toBeInstanceOf(TimeoutError);
        expect([diary.lines, allTasks().size, currentTask()!.cancelling()]).toEqual([
          ["0 +a", "0 +b", "3 -b", "4 -a"],
          1,
          0,
        ]);
      }));

    it("cancelled again and again, it still waits for its children", () =>
      runTest(async () => {
        const diary = new Diary(native);
        const task = createTask(() =>
          supervise(async (supervisor) => {
            supervisor.start("a", diary.child("a", [], 3));
            supervisor.start("b", diary.child("b", [], 3));
          }),
        );
        for (let i = 0; i < 6; i++) {
          await sleep(1);
          task.cancel(i);
        }
        expect(await errorOf(task)).toMatchObject({ name: "CancelledError", reason: 0 });
        expect(diary.lines).toEqual(["0 +a", "0 +b", "4 -b", "7 -a"]);
      }));
  });
}

describe("supervise", () => {
  it("ends when the body has returned and no child is left; its value is dropped", () =>
    runTest(async () => {
      const value = await supervise(async (supervisor) => {
        supervisor.start("a", () => sleep(3));
        return "value";
      });
      expect([value, now()]).toEqual([undefined, 3]);
      await supervise(function* () {
        yield;
      });
      const inGenerator = createTask(function* () {
        yield* supervise(function* (supervisor) {
          supervisor.start("a", () => sleep(1));
          yield;
        });
        return now();
      });
      expect(await inGenerator).toBe(4);
    }));

  it("restart: who returns, fails or is cancelled is restarted, or not", () =>
    runTest(async () => {
      const ends: Record<string, () => Promise<void>> = {
        returns: async () => {},
        fails: async () => Promise.reject(new Error("failed")),
        cancelled: async () => {
          currentTask()!.cancel();
          await sleep(0);
        },
      };
      const seen: Record<string, number> = {};
      const failures: string[] = [];
      for (const restart of ["permanent", "transient", "temporary"] as RestartType[]) {
        for (const [how, end] of Object.entries(ends)) {
          let runs = 0;
          const onFailure = ({ error, restarts }: ChildFailure): void => {
            if (runs === 1) failures.push(`${restart}: ${(error as Error).message}, ${restarts}`);
          };
          await supervise(
            async (supervisor) => {
              const once = async (): Promise<void> => {
                runs++;
                await (runs === 1 ? end() : sleep(1000));
              };
              supervisor.start("child", once, { restart });
              await sleep(1);
              seen[`${restart} ${how}`] = runs;
              supervisor.cancel();
            },
            { onFailure },
          );
        }
      }
      expect(seen).toEqual({
        "permanent returns": 2,
        "permanent fails": 2,
        "permanent cancelled": 2,
        "transient returns": 1,
        "transient fails": 2,
        "transient cancelled": 1,
        "temporary returns": 1,
        "temporary fails": 1,
        "temporary cancelled": 1,
      });
      expect(failures).toEqual([
        "permanent: child 'child' is permanent, but has returned, true",
        "permanent: failed, true",
        "permanent: child 'child' is permanent, but was cancelled, true",
        "transient: failed, true",
        "temporary: failed, false",
      ]);
    }));

  it("permanent children that return too often are a failure as well", () =>
    runTest(async () => {
      const error = await errorOf(
        supervise(async (supervisor) => supervisor.start("a", () => sleep(0), { restart: "permanent" }), {
          maxRestarts: 1,
          ...quiet,
        }),
      );
      expect(membersOf(error)).toEqual(new Array(2).fill("RuntimeError: child 'a' is permanent, but has returned"));
      expect(error.message).toBe("restart limit exceeded: more than 1 restart within 5 s");
    }));

  it("maxRestarts: 0 gives up at the first failure, Infinity never", () =>
    runTest(async () => {
      const fail = async (): Promise<never> => {
        await sleep(0);
        throw new Error("failed");
      };
      const first = await errorOf(supervise(async (s) => s.start("a", fail), { maxRestarts: 0 }));
      expect(membersOf(first)).toEqual(["Error: failed"]);
      await supervise(
        async (supervisor) => {
          supervisor.start("a", fail);
          while (supervisor.children.get("a")!.restarts < 1000) await sleep(0);
          supervisor.cancel();
        },
        { maxRestarts: Infinity, ...quiet },
      );
      expect([now(), allTasks().size]).toEqual([0, 1]);
    }));

  it("temporary children that are stopped for others are not restarted", () =>
    runTest(async () => {
      const diary = new Diary(true);
      await supervise(
        async (supervisor) => {
          supervisor.start("a", diary.child("a", [1]));
          supervisor.start("t", diary.child("t"), { restart: "temporary" });
          supervisor.start("b", diary.child("b"));
          await sleep(2);
          expect([...supervisor.children].map(([name, { restarts }]) => [name, restarts])).toEqual([
            ["a", 1],
            ["b", 1],
          ]);
          supervisor.cancel();
        },
        { strategy: "one-for-all", ...quiet },
      );
      expect(diary.lines).toEqual(["0 +a", "0 +t", "0 +b", "1 !a", "1 -b", "1 -t", "1 +a", "1 +b", "2 -b", "2 -a"]);
    }));

  it("by default failures go to the loop's exception handler", () =>
    runTest(async () => {
      const reports: string[] = [];
      getRunningLoop().setExceptionHandler((_loop, context) =>
        reports.push(`${context.message}: ${String(context.exception)}`),
      );
      await supervise(async (supervisor) => {
        supervisor.start("a", new Diary(true).child("a", [1]));
        supervisor.start("t", new Diary(false).child("t", [1]), { restart: "temporary" });
        const unclean = async (): Promise<void> => {
          try {
            await sleep(100);
          } catch {
            throw new Error("clean-up");
          }
        };
        supervisor.start("s", unclean);
        await sleep(2);
        await supervisor.stop("s");
        await sleep(1);
        supervisor.cancel();
      });
      expect(reports).toEqual([
        "Child 'a' of a supervisor has failed and is restarted: Error: a 0",
        "Child 't' of a supervisor has failed: Error: t 0",
        "Child 's' of a supervisor has failed: Error: clean-up",
      ]);
    }));

  it("an error of the body comes out in a group, errors of clean-ups are told; a cancellation comes after the group", () =>
    runTest(async () => {
      const told: string[] = [];
      const onFailure = ({ error, restarts }: ChildFailure): void => void told.push(`${error} ${restarts}`);
      const unclean = (name: string) => async (): Promise<void> => {
        try {
          await sleep(100);
        } catch {
          throw new Error(name);
        }
      };
      const body = await errorOf(
        supervise(
          async (supervisor) => {
            supervisor.start("a", unclean("a"));
            supervisor.start("b", unclean("b"));
            await sleep(1);
            throw new RangeError("body");
          },
          { onFailure },
        ),
      );
      expect(body.message).toBe("unhandled errors in supervise()");
      expect(membersOf(body)).toEqual(["RangeError: body"]);
      expect(told).toEqual(["Error: b false", "Error: a false"]);
      const log: unknown[] = [];
      const task = createTask(async () => {
        try {
          await supervise(async (supervisor) => {
            supervisor.start("a", unclean("a"));
            supervisor.start("b", () => sleep(3));
            try {
              await sleep(9);
            } catch {
              throw new RangeError("body's clean-up");
            }
          }, quiet);
        } catch (error) {
          log.push(membersOf(error), currentTask()!.cancelling());
        }
        await sleep(5);
      });
      await sleep(1);
      task.cancel();
      expect([isCancelled(await errorOf(task)), log, now()]).toEqual([true, [["RangeError: body's clean-up"], 1], 2]);
    }));

  it("onFailure that throws at the end is not lost either", () =>
    runTest(async () => {
      const unclean = async (): Promise<void> => {
        try {
          await sleep(100);
        } catch {
          throw new Error("clean-up");
        }
      };
      const onFailure = ({ name, error }: ChildFailure): void => {
        throw new TypeError(`callback: ${name}, ${error}`);
      };
      const error = await errorOf(
        supervise(
          async (supervisor) => {
            supervisor.start("a", unclean);
            supervisor.start("b", unclean);
            await sleep(1);
            supervisor.cancel();
          },
          { onFailure },
        ),
      );
      expect(membersOf(error)).toEqual([
        "TypeError: callback: b, Error: clean-up",
        "TypeError: callback: a, Error: clean-up",
      ]);
    }));

  it("an eager child cannot take its own name a second time", () =>
    runTest(async () => {
      getRunningLoop().setTaskFactory(eagerTaskFactory);
      let second: unknown;
      let starts = 0;
      await supervise(async (supervisor) => {
        supervisor.start("a", function* again() {
          starts++;
          try {
            supervisor.start("a", again);
          } catch (error) {
            second = error;
          }
          yield* sleep(1);
        });
      }, quiet);
      expect([starts, String(second)]).toEqual([1, expect.stringContaining("already has a child 'a'")]);
      expect(allTasks().size).toBe(1);
    }));

  it("a body that throws at once leaves no child behind", () =>
    runTest(async () => {
      const error = await errorOf(
        supervise((supervisor) => {
          supervisor.start("a", () => sleep(100));
          throw new Error("at once");
        }),
      );
      expect([membersOf(error), now(), allTasks().size]).toEqual([["Error: at once"], 0, 1]);
      const eager = await errorOf(supervise(() => 5 as never));
      expect(membersOf(eager)[0]).toMatch(/a coroutine was expected/);
    }));

  it("children that throw at once are failures, too", () =>
    runTest(async () => {
      let runs = 0;
      const throwing = (): never => {
        throw new Error(`at once ${runs++}`);
      };
      const error = await errorOf(supervise(async (s) => s.start("a", throwing), quiet));
      expect(membersOf(error)).toEqual([0, 1, 2, 3].map((n) => `Error: at once ${n}`));
      const wrong = await errorOf(supervise(async (s) => s.start("a", () => 5 as never), { maxRestarts: 0 }));
      expect(membersOf(wrong)[0]).toMatch(/a coroutine was expected/);
    }));

  it("an onFailure that throws ends it", () =>
    runTest(async () => {
      const failed = new Error("failed");
      const error = await errorOf(
        supervise(async (s) => s.start("a", async () => Promise.reject(failed)), {
          onFailure: () => {
            throw new TypeError("callback");
          },
        }),
      );
      expect(membersOf(error)).toEqual(["TypeError: callback"]);
      expect((error as ExceptionGroup).errors[0]).toMatchObject({ cause: failed });
    }));

  it("start() is refused for bad arguments, names that are taken, and after the end", () =>
    runTest(async () => {
      let kept: Supervisor | undefined;
      const body = async (): Promise<void> => {};
      await supervise(async (supervisor) => {
        kept = supervisor;
        supervisor.start("a", () => sleep(1));
        expect(() => supervisor.start("a", body)).toThrow(RuntimeError);
        expect(() => supervisor.start(5 as never, body)).toThrow(TypeError);
        expect(() => supervisor.start("b", sleep(1) as never)).toThrow(/which can be called again/);
        expect(() => supervisor.start("b", body, { restart: "always" as never })).toThrow(RangeError);
        expect(String(supervisor)).toBe("<Supervisor one-for-one children=1>");
      });
      expect(() => kept!.start("b", body)).toThrow("<Supervisor one-for-one finished> is finished");
      kept!.cancel();
      expect((await errorOf(kept!.stop("a"))).message).toMatch("has no child");
      expect(kept!.children.size).toBe(0);
      let late: unknown;
      await supervise(async (supervisor) => {
        supervisor.start("a", async () => {
          try {
            await sleep(9);
          } finally {
            try {
              supervisor.start("late", body);
            } catch (error) {
              late = error;
            }
          }
        });
        await sleep(1);
        supervisor.cancel();
      });
      expect(String(late)).toMatch("is shutting down");
    }));

  it("refuses bad options", () => {
    const body = async (): Promise<void> => {};
    expect(() => supervise(null as never)).toThrow(TypeError);
    for (const bad of [
      { strategy: "none-for-all" as never },
      { maxRestarts: -1 },
      { maxRestarts: 0.5 },
      { maxRestarts: Number.NaN },
      { within: 0 },
      { within: Number.NaN },
      { backoff: { factor: 0 } },
    ]) {
      expect(() => supervise(body, bad)).toThrow(RangeError);
    }
  });

  it("children start children, stop each other and themselves", () =>
    runTest(async () => {
      const log: string[] = [];
      await supervise(async (supervisor) => {
        supervisor.start("a", async () => {
          supervisor.start("b", async () => {
            try {
              await sleep(100);
            } finally {
              log.push("b stopped");
            }
          });
          await sleep(1);
          await supervisor.stop("b");
          await supervisor.stop("a");
          log.push("never");
        });
      });
      expect([log, now(), allTasks().size]).toEqual([["b stopped"], 1, 1]);
    }));

  it("stop() while the supervisor stops the child for a restart, or while it waits for one", () =>
    runTest(async () => {
      const diary = new Diary(true);
      await supervise(
        async (supervisor) => {
          supervisor.start("a", diary.child("a", [1]));
          supervisor.start("b", diary.child("b", [], 1));
          supervisor.start("c", diary.child("c", [], 1));
          await sleep(1.5); // "a" has failed, "c" is being stopped, "b" comes next.
          expect([...supervisor.children.values()].map(({ state }) => state)).toEqual(["ended", "running", "stopping"]);
          const stopping = [createTask(supervisor.stop("a")), createTask(supervisor.stop("c"))];
          await sleep(0);
          expect([...supervisor.children.keys()]).toEqual(["b", "c"]);
          for (const each of stopping) await each;
          await sleep(1.25); // "b" is stopped, and waits for its restart.
          expect([...supervisor.children.values()].map(({ state }) => state)).toEqual(["waiting"]);
          await supervisor.stop("b");
          expect(supervisor.children.size).toBe(0);
        },
        { strategy: "one-for-all", backoff: { delay: 1, jitter: "none" }, ...quiet },
      );
      expect(diary.lines).toEqual(["0 +a", "0 +b", "0 +c", "1 !a", "2 -c", "3 -b"]);
      expect(now()).toBe(3.25);
    }));

  it("a failure while another one's restart waits restarts both", () =>
    runTest(async () => {
      const diary = new Diary(true);
      await supervise(
        async (supervisor) => {
          supervisor.start("a", diary.child("a", [1.5]));
          supervisor.start("b", diary.child("b", [1]));
          await sleep(6);
          supervisor.cancel();
        },
        { strategy: "rest-for-one", backoff: { delay: 2, jitter: "none" }, ...quiet },
      );
      expect(diary.lines).toEqual(["0 +a", "0 +b", "1 !b", "1.5 !a", "3.5 +a", "3.5 +b", "6 -b", "6 -a"]);
    }));

  it("two that fail at the same time are restarted once with one-for-all; both failures are told", () =>
    runTest(async () => {
      const diary = new Diary(true);
      const told: string[] = [];
      await supervise(
        async (supervisor) => {
          supervisor.start("a", diary.child("a", [1]));
          supervisor.start("b", diary.child("b", [1]));
          await sleep(2);
          expect([...supervisor.children.values()].map(({ restarts }) => restarts)).toEqual([1, 1]);
          supervisor.cancel();
        },
        {
          strategy: "one-for-all",
          maxRestarts: 1,
          onFailure: ({ error, restarts }) => told.push(`${error} ${restarts}`),
        },
      );
      expect(told).toEqual(["Error: a 0 true", "Error: b 0 true"]);
    }));

  it("the backoff begins anew for a child that has run for long", () =>
    runTest(async () => {
      const starts: number[] = [];
      const lives = [1, 1, 6, 1];
      await supervise(
        async (supervisor) => {
          supervisor.start("a", async () => {
            starts.push(now());
            await sleep(lives[starts.length - 1] ?? 100);
            throw new Error("failed");
          });
          await sleep(30);
          supervisor.cancel();
        },
        { maxRestarts: Infinity, within: 5, backoff: { delay: 1, jitter: "none" }, ...quiet },
      );
      // Pauses: 1, 2, 1, 2.
      expect(starts).toEqual([0, 2, 5, 12, 15]);
    }));

  it("each run of a child has a fresh copy of the context it was started in, and its name", () =>
    runTest(async () => {
      const variable = new ContextVar<string>("variable");
      variable.set("outer");
      const seen: unknown[] = [];
      await supervise(async (supervisor) => {
        variable.set("body");
        supervisor.start("child", async () => {
          seen.push(variable.get(), currentTask()!.getName());
          variable.set("child");
          if (seen.length < 4) throw new Error("again");
        });
        await sleep(1);
      }, quiet);
      expect(seen).toEqual(["body", "child", "body", "child"]);
    }));

  it("inside a cancel scope it still stops one after the other, and a shield protects it", () =>
    runTest(async () => {
      const diary = new Diary(true);
      const start = async (supervisor: Supervisor): Promise<void> => {
        supervisor.start("a", diary.child("a", [], 1));
        supervisor.start("b", diary.child("b", [], 1));
      };
      const { timedOut } = await moveOnAfter(2, () => supervise(start));
      expect([timedOut, diary.lines, now()]).toEqual([true, ["0 +a", "0 +b", "3 -b", "4 -a"], 4]);
      await moveOnAfter(1, async () => {
        await cancelScope(() => supervise(async (supervisor) => supervisor.start("c", () => sleep(5))), {
          shield: true,
        });
      });
      expect([now(), allTasks().size]).toEqual([9, 1]);
    }));

  it("an interrupt of a child is not answered by a restart", async () => {
    let runs = 0;
    let stopped = false;
    const interrupted = run(
      () =>
        supervise(async (supervisor) => {
          supervisor.start("other", async () => {
            try {
              await sleep(100);
            } finally {
              stopped = true;
            }
          });
          supervisor.start("a", async () => {
            runs++;
            await sleep(0);
            throw new KeyboardInterrupt();
          });
          await sleep(100);
        }),
      { loopFactory: () => new TestLoop() },
    );
    await expect(interrupted).rejects.toBeInstanceOf(KeyboardInterrupt);
    expect([runs, stopped]).toEqual([1, true]);
  });

  it("must run in a task, once", () =>
    runTest(async () => {
      const once = supervise(async () => {});
      await once;
      expect((await errorOf(once)).message).toBe("cannot reuse already awaited coroutine");
    }));

  it("10,000 children that all fail at once, and are stopped: linear time", () =>
    run(
      async () => {
        let runs = 0;
        await supervise(
          async (supervisor) => {
            for (let i = 0; i < 10_000; i++) {
              supervisor.start(`child ${i}`, function* () {
                yield* sleep(runs++ < 10_000 ? 1 : 1000);
                throw new Error("failed");
              });
            }
            await sleep(2);
            expect([runs, supervisor.children.size]).toEqual([20_000, 10_000]);
            supervisor.cancel();
          },
          { maxRestarts: Infinity, ...quiet },
        );
        expect(allTasks().size).toBe(1);
      },
      { loopFactory: () => new QuickLoop() },
    ));
});

/** Without the stacks that a test loop keeps of everything. */
class QuickLoop extends TestLoop {
  constructor() {
    super();
    this._keepsPlaces = false;
  }
}

describe("any schedule of a supervisor", () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant("start" as const), name: fc.nat({ max: 4 }), life: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant("stop" as const), name: fc.nat({ max: 4 }) }),
    fc.record({ kind: fc.constant("sleep" as const), time: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant("throw" as const) }),
    fc.record({ kind: fc.constant("cancel" as const) }),
  );
  type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

  async function check(
    actions: readonly Action[],
    options: SuperviseOptions,
    restarts: readonly RestartType[],
    cancelAt: number | null,
    cleanUp: number,
    native: boolean,
  ): Promise<void> {
    const open = new Map<string, number>();
    const errors = new Set<string>();
    const told = new Set<string>();
    let failures = 0;
    const enter = (name: string): void => {
      open.set(name, (open.get(name) ?? 0) + 1);
      if (open.get(name)! > 1) throw new TypeError("two runs of one child at the same time");
    };
    const leave = (name: string): void => void open.set(name, open.get(name)! - 1);
    const fail = (): never => {
      const error = new Error(`failure ${++failures}`);
      errors.add(error.message);
      throw error;
    };
    /** Odd lives end with a failure; so do clean-ups after a cancellation in a life of 4. */
    const childOf = (name: string, life: number): (() => Body<void>) =>
      native
        ? async () => {
            enter(name);
            try {
              await sleep(life);
              await sleep(cleanUp);
            } catch (error) {
              if (life === 4) fail();
              throw error;
            } finally {
              leave(name);
            }
            if (life % 2 === 1) fail();
          }
        : function* () {
            enter(name);
            try {
              yield* sleep(life);
            } finally {
              try {
                yield* sleep(cleanUp);
              } finally {
                leave(name);
              }
              if (life === 4) fail();
            }
            if (life % 2 === 1) fail();
          };
    const body = async (supervisor: Supervisor): Promise<void> => {
      for (const each of actions) {
        if (each.kind === "sleep") await sleep(each.time);
        else if (each.kind === "throw") throw new RangeError("body");
        else if (each.kind === "cancel") supervisor.cancel();
        else if (each.kind === "start") {
          const name = String(each.name);
          if (supervisor.children.has(name)) continue;
          const restart = restarts[each.name % restarts.length] ?? "transient";
          supervisor.start(name, childOf(name, each.life), { restart });
        } else if (supervisor.children.has(String(each.name))) {
          await supervisor.stop(String(each.name));
          if (supervisor.children.has(String(each.name))) throw new TypeError("not stopped");
        }
      }
    };
    const onFailure = ({ error }: ChildFailure): void => void told.add((error as Error).message);
    const task = createTask(() => supervise(body, { ...options, onFailure }));
    if (cancelAt !== null) getRunningLoop().callLater(cancelAt, () => task.cancel());
    const ended = getRunningLoop().callLater(60, () => task.cancel()); // Permanent children never end by themselves.
    try {
      await task;
    } catch (error) {
      if (error instanceof ExceptionGroup) for (const each of error.exceptions) told.add((each as Error).message);
      else if (!isCancelled(error) && !(error instanceof RuntimeError)) throw error;
    }
    ended.cancel();
    expect([...open.values()].filter((count) => count !== 0)).toEqual([]);
    expect([allTasks().size, currentTask()!.cancelling()]).toEqual([1, 0]);
    expect([...errors].filter((message) => !told.has(message))).toEqual([]);
    expect([...told].filter((message) => /two runs|not stopped/.test(message))).toEqual([]);
  }

  it("never leaks a child, never runs one twice at a time, never loses a failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 15 }),
        fc.record({
          strategy: fc.constantFrom<SuperviseStrategy>("one-for-one", "one-for-all", "rest-for-one"),
          maxRestarts: fc.integer({ min: 0, max: 5 }),
          within: fc.integer({ min: 1, max: 5 }),
        }),
        fc.boolean(),
        fc.array(fc.constantFrom<RestartType>("permanent", "transient", "temporary"), { maxLength: 3 }),
        fc.option(fc.integer({ min: 0, max: 12 })),
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        fc.nat(),
        (actions, options, pauses, restarts, cancelAt, cleanUp, native, seed) =>
          runTest(
            () =>
              check(
                actions,
                pauses ? { ...options, backoff: { delay: 1 } } : options,
                restarts,
                cancelAt,
                cleanUp,
                native,
              ),
            { seed },
          ),
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});
