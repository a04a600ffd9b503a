// "No other handle runs during a step": the order of a native task is that of its generator twin, which is CPython's.
import { describe, expect, it } from "vitest";
import {
  type Awaitable,
  type Coroutine,
  type CoroutineGenerator,
  coroutine,
  createTask,
  currentTask,
  type EventLoop,
  type Future,
  gather,
  getRunningLoop,
  newEventLoop,
  run,
  sleep,
} from "../index.ts";
import { TestLoop } from "../testing/index.ts";

type Say = (text: string) => void;

interface Scenario {
  readonly native: (say: Say) => Promise<void>;
  /** Missing where Python has no counterpart: only native code can start a helper without a task. */
  readonly generator?: (say: Say) => CoroutineGenerator<void>;
  /** What rivals `a` (created before the subject) and `b` (after it) and the subject say, in order. */
  readonly order: string;
}

const loops: [string, () => EventLoop][] = [
  ["virtual clock", () => new TestLoop()],
  ["real clock", newEventLoop],
];

function doneFuture<T>(value: T): Future<T> {
  const future = getRunningLoop().createFuture<T>();
  future.setResult(value);
  return future;
}

const scenarios: Record<string, Scenario> = {
  "nested awaits": {
    order: "a0 >3 >2 >1 leaf b0 a1 woke <1 <2 <3 b1 a2 b2",
    *generator(say) {
      function* level(depth: number): CoroutineGenerator<void> {
        if (depth === 0) {
          say("leaf");
          yield* sleep(0);
          return say("woke");
        }
        say(`>${depth}`);
        yield* level(depth - 1);
        say(`<${depth}`);
      }
      yield* level(3);
    },
    async native(say) {
      async function level(depth: number): Promise<void> {
        if (depth === 0) {
          say("leaf");
          await sleep(0);
          return say("woke");
        }
        say(`>${depth}`);
        await level(depth - 1);
        say(`<${depth}`);
      }
      await level(3);
    },
  },
  "nested coroutine functions, each level a coroutine object": {
    order: "a0 >3 >2 >1 leaf b0 a1 woke <1 <2 <3 b1 a2 b2",
    *generator(say) {
      const level = coroutine(function* (depth: number): CoroutineGenerator<void> {
        if (depth === 0) {
          say("leaf");
          yield* sleep(0);
          return say("woke");
        }
        say(`>${depth}`);
        yield* level(depth - 1);
        say(`<${depth}`);
      }) as (depth: number) => Coroutine<void>;
      yield* level(3);
    },
    async native(say) {
      const level = coroutine(async (depth: number): Promise<void> => {
        if (depth === 0) {
          say("leaf");
          await sleep(0);
          return say("woke");
        }
        say(`>${depth}`);
        await level(depth - 1);
        say(`<${depth}`);
      }) as (depth: number) => Coroutine<void>;
      await level(3);
    },
  },
  "a helper started and awaited later": {
    order: "a0 h0 s0 h1 h2 b0 a1 s1 s2 b1 a2 b2",
    async native(say) {
      const started = (async () => {
        say("h0");
        await null;
        say("h1");
        await null;
        say("h2");
      })();
      say("s0");
      await sleep(0);
      say("s1");
      await started;
      say("s2");
    },
  },
  "a helper that waits itself, started and awaited later": {
    order: "a0 h0 s0 b0 a1 h1 s1 s2 b1 a2 b2",
    async native(say) {
      const started = (async () => {
        say("h0");
        await sleep(0);
        say("h1");
      })();
      say("s0");
      await sleep(0);
      say("s1");
      await started;
      say("s2");
    },
  },
  "Promise.all of plain helpers": {
    order: "a0 p0 q0 p1 q1 s1 b0 a1 s2 b1 a2 b2",
    async native(say) {
      const helper = async (name: string) => {
        say(`${name}0`);
        await null;
        say(`${name}1`);
      };
      await Promise.all([helper("p"), helper("q")]);
      say("s1");
      await sleep(0);
      say("s2");
    },
  },
  "Promise.all of helpers that wait": {
    order: "a0 p0 q0 b0 a1 p1 q1 s1 b1 a2 b2",
    async native(say) {
      const helper = async (name: string) => {
        say(`${name}0`);
        await sleep(0);
        say(`${name}1`);
      };
      await Promise.all([helper("p"), helper("q")]);
      say("s1");
    },
  },
  "then(callback) inside a step": {
    order: "a0 s0 promise1 future promise2 b0 a1 s1 b1 a2 b2",
    async native(say) {
      void Promise.resolve().then(() => say("promise1"));
      void doneFuture(1).then(() => say("future"));
      void Promise.resolve()
        .then(() => {})
        .then(() => {})
        .then(() => {})
        .then(() => say("promise2"));
      say("s0");
      await sleep(0);
      say("s1");
    },
  },
  "foreign awaits that need no event loop": {
    order: "a0 s0 s1 s2 s3 b0 a1 s4 b1 a2 b2",
    async native(say) {
      say("s0");
      await Promise.resolve();
      say("s1");
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      say("s2");
      await { then: (resolve: (value: unknown) => void) => resolve(1) };
      say("s3");
      await sleep(0);
      say("s4");
    },
  },
  "a done future": {
    order: "a0 s0 s1 s2 b0 a1 s3 b1 a2 b2",
    *generator(say) {
      say("s0");
      yield* doneFuture(1);
      say("s1");
      yield* doneFuture(2);
      say("s2");
      yield* sleep(0);
      say("s3");
    },
    async native(say) {
      say("s0");
      await doneFuture(1);
      say("s1");
      await doneFuture(2);
      say("s2");
      await sleep(0);
      say("s3");
    },
  },
  "async generators": {
    order: "a0 s1 s2 b0 a1 s3 end b1 a2 b2",
    *generator(say) {
      function* items(): CoroutineGenerator<void> {
        say("s1");
        say("s2");
        yield* sleep(0);
        say("s3");
      }
      yield* items();
      say("end");
    },
    async native(say) {
      async function* items() {
        yield 1;
        yield 2;
        await sleep(0);
        yield 3;
      }
      for await (const item of items()) say(`s${item}`);
      say("end");
    },
  },
  "an async generator delegates to another": {
    order: "a0 s1 b0 a1 s2 end b1 a2 b2",
    async native(say) {
      async function* inner() {
        yield 1;
        await sleep(0);
        yield 2;
      }
      async function* outer() {
        yield* inner();
      }
      for await (const item of outer()) say(`s${item}`);
      say("end");
    },
  },
  "return of a thenable that waits": {
    order: "a0 s0 b0 a1 s1 b1 a2 b2",
    *generator(say) {
      function* delegate(): CoroutineGenerator<string> {
        return yield* sleep(0, "s1");
      }
      say("s0");
      say(yield* delegate());
    },
    async native(say) {
      const delegate = async (): Promise<string> => sleep(0, "s1") as unknown as Promise<string>;
      say("s0");
      say(await delegate());
    },
  },
  "return of a thenable that is done": {
    order: "a0 s0 s1 b0 a1 b1 a2 b2",
    *generator(say) {
      function* delegate(): CoroutineGenerator<string> {
        return yield* doneFuture("s1");
      }
      say("s0");
      say(yield* delegate());
    },
    async native(say) {
      const delegate = async (): Promise<string> => doneFuture("s1") as unknown as Promise<string>;
      say("s0");
      say(await delegate());
    },
  },
};

/** Runs the subject between two rivals of its own kind and gives what the three said. */
async function record(kind: "native" | "generator", scenario: Scenario, makeLoop: () => EventLoop): Promise<string> {
  const said: string[] = [];
  const say: Say = (text) => void said.push(text);
  const rival = {
    native: (name: string) => async () => {
      for (let step = 0; step < 3; step++) {
        say(`${name}${step}`);
        await sleep(0);
      }
    },
    generator: (name: string) =>
      function* () {
        for (let step = 0; step < 3; step++) {
          say(`${name}${step}`);
          yield* sleep(0);
        }
      },
  }[kind];
  const subject = scenario[kind]!;
  await run(
    async () => {
      await gather(
        createTask(rival("a")),
        createTask((() => subject(say)) as () => Promise<void>),
        createTask(rival("b")),
      );
    },
    { loopFactory: makeLoop, handleSignals: false },
  );
  return said.join(" ");
}

describe.each(loops)("the step rule, %s", (_, makeLoop) => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(`${name}: native`, async () => {
      expect(await record("native", scenario, makeLoop)).toBe(scenario.order);
    });
    if (scenario.generator !== undefined) {
      it(`${name}: generator`, async () => {
        expect(await record("generator", scenario, makeLoop)).toBe(scenario.order);
      });
    }
  }

  const runHere = <T>(body: () => Promise<T>): Promise<T> => run(body, { loopFactory: makeLoop, handleSignals: false });

  it("a native deferred resolved by another task: its waiter goes on before the next handle", async () => {
    const said: string[] = [];
    await runHere(async () => {
      let resolve = (): void => {};
      const deferred = new Promise<void>((settle) => {
        resolve = settle;
      });
      const waiter = createTask(async () => {
        said.push("waits");
        await deferred;
        said.push("w1");
        await null;
        said.push("w2");
        await doneFuture(1);
        said.push("w3");
        await sleep(0);
        said.push("w4");
      });
      const resolver = createTask(async () => {
        said.push("r0");
        resolve();
        said.push("r1");
        await sleep(0);
        said.push("r2");
      });
      const rival = createTask(async () => {
        said.push("c0");
        await sleep(0);
        said.push("c1");
      });
      await gather(waiter, resolver, rival);
    });
    const text = said.join(" ");
    expect(text).toMatch(/^waits r0 r1 w1 w2 w3 c0 /);
    expect(said.slice(7).sort()).toEqual(["c1", "r2", "w4"]);
  });

  it("after a foreign await that took real time, the code runs undisturbed to its next wait", async () => {
    const said: string[] = [];
    await runHere(async () => {
      let over = false;
      const spin = async (name: string) => {
        for (let turns = 0; !over; turns++) {
          if (turns > 200_000) throw new Error("the host never got its turn");
          if (said.length < 1000) said.push(name);
          await sleep(0);
        }
      };
      const left = createTask(() => spin("l"));
      const right = createTask(() => spin("r"));
      const subject = createTask(async () => {
        await new Promise<void>((resolve) => setTimeout(resolve, 2));
        said.splice(3);
        for (let step = 0; step < 5; step++) {
          said.push(`s${step}`);
          if (step % 2 === 0) await null;
          else await doneFuture(1);
        }
        await sleep(0);
        over = true;
      });
      await gather(left, right, subject);
    });
    const start = said.indexOf("s0");
    expect(start).toBe(3);
    expect(said.slice(start, start + 5)).toEqual(["s0", "s1", "s2", "s3", "s4"]);
  });

  it("rivals of the other kind see the same order", async () => {
    const said: string[] = [];
    await runHere(async () => {
      const nativeRival = createTask(async () => {
        for (let step = 0; step < 3; step++) {
          said.push(`n${step}`);
          await null;
          said.push(`N${step}`);
          await sleep(0);
        }
      });
      const generatorRival = createTask(function* () {
        for (let step = 0; step < 3; step++) {
          said.push(`g${step}`);
          yield* sleep(0);
        }
      });
      getRunningLoop().callSoon(() => said.push("callback"));
      await gather(nativeRival, generatorRival);
    });
    expect(said.join(" ")).toBe("n0 N0 g0 callback n1 N1 g1 n2 N2 g2");
  });

  it("a task that only computes between its waits keeps the step while microtasks are left", async () => {
    const said: string[] = [];
    await runHere(async () => {
      const subject = createTask(async () => {
        for (let i = 0; i < 100; i++) await null;
        said.push("subject");
      });
      getRunningLoop().callSoon(() => said.push("callback"));
      await subject;
    });
    expect(said).toEqual(["subject", "callback"]);
  });
});

describe("kinds awaiting each other", () => {
  type Level = (depth: number) => Coroutine<number>;

  function alternating(say: Say, first: "generator" | "native"): Level {
    const generator: Level = coroutine(function* (depth: number): CoroutineGenerator<number> {
      say(`G>${depth}`);
      const below = depth === 0 ? yield* sleep(0, 0) : yield* native(depth - 1);
      say(`G<${depth}`);
      return below + 1;
    });
    const native: Level = coroutine(async (depth: number): Promise<number> => {
      say(`N>${depth}`);
      const below = depth === 0 ? await sleep(0, 0) : await generator(depth - 1);
      say(`N<${depth}`);
      return below + 1;
    });
    return first === "generator" ? generator : native;
  }

  it.each([
    ["generator", "a G>5 N>4 G>3 N>2 G>1 N>0 b a N<0 G<1 N<2 G<3 N<4 G<5 b"],
    ["native", "a N>5 G>4 N>3 G>2 N>1 G>0 b a G<0 N<1 G<2 N<3 G<4 N<5 b"],
  ] as const)("five levels, the outermost a %s", async (first, order) => {
    const said: string[] = [];
    const say: Say = (text) => void said.push(text);
    const result = await run(
      async () => {
        const twice = (name: string) =>
          function* () {
            say(name);
            yield* sleep(0);
            say(name);
          };
        const before = createTask(twice("a"));
        const subject = createTask(alternating(say, first)(5));
        const after = createTask(twice("b"));
        await gather(before, after);
        return await subject;
      },
      { loopFactory: () => new TestLoop() },
    );
    expect(said.join(" ")).toBe(order);
    expect(result).toBe(6);
  });

  it.each(["generator", "native"] as const)("an error passes five levels, the outermost a %s", async (first) => {
    const failing = new RangeError("leaf");
    const passed: string[] = [];
    const generator: Level = coroutine(function* (depth: number): CoroutineGenerator<number> {
      try {
        if (depth > 0) return yield* native(depth - 1);
        yield* sleep(0);
        throw failing;
      } catch (error) {
        passed.push(`G${depth}`);
        throw error;
      }
    });
    const native: Level = coroutine(async (depth: number): Promise<number> => {
      try {
        if (depth > 0) return await generator(depth - 1);
        await sleep(0);
        throw failing;
      } catch (error) {
        passed.push(`N${depth}`);
        throw error;
      }
    });
    const outermost = first === "generator" ? generator : native;
    await expect(run(() => outermost(5), { loopFactory: () => new TestLoop() })).rejects.toBe(failing);
    expect(passed).toEqual(
      first === "generator" ? ["N0", "G1", "N2", "G3", "N4", "G5"] : ["G0", "N1", "G2", "N3", "G4", "N5"],
    );
  });

  it("awaiting costs no iteration: coroutines that never wait finish in the step that awaits them", async () => {
    const loop = new TestLoop();
    const said: string[] = [];
    await run(
      async () => {
        const inner = coroutine(function* () {
          return 1;
        });
        const middle = coroutine(async () => (await inner()) + 1);
        const outer = coroutine(function* () {
          return (yield* middle()) + 1;
        });
        getRunningLoop().callSoon(() => said.push("callback"));
        const before = loop.iteration;
        said.push(String(await outer()));
        said.push(String(loop.iteration - before));
      },
      { loopFactory: () => loop },
    );
    expect(said).toEqual(["3", "0", "callback"]);
  });

  it("the current task is the outer one in every level of both kinds", async () => {
    const names: (string | undefined)[] = [];
    const note = (): void => void names.push(currentTask()?.getName());
    const waits: Awaitable<void>[] = [];
    await run(
      async () => {
        const inner = coroutine(function* () {
          note();
          yield* sleep(0);
          note();
        });
        const middle = coroutine(async () => {
          note();
          await inner();
          note();
          await Promise.resolve();
          note();
        });
        const outer = coroutine(function* () {
          note();
          yield* middle();
          note();
        });
        waits.push(createTask(outer(), { name: "one" }), createTask(outer(), { name: "two" }));
        for (const each of waits) await each;
      },
      { loopFactory: () => new TestLoop() },
    );
    expect(names.filter((name) => name === "one")).toHaveLength(7);
    expect(names.filter((name) => name === "two")).toHaveLength(7);
  });
});
