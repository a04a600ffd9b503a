// A whole program, stopped at every moment by the signal that `run` was given, or by the loop's own end.
import { createTask, gather, isCancelled, Runner, run, sleep, taskGroup } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { describe, expect, it } from "vitest";
import { kinds, type Script } from "./kinds.ts";

interface Inner {
  _monitor: { before(): void; after(): void } | null;
  _keepsPlaces: boolean;
}

/** A loop that calls `strike` when `at` handles have run. */
function loopThatStrikes(at: number, strike: () => void): { loop: TestLoop; reports: string[]; handles: () => number } {
  const loop = new TestLoop();
  const reports: string[] = [];
  let handles = 0;
  const inner = loop as unknown as Inner;
  inner._keepsPlaces = false;
  inner._monitor = {
    before: () => {},
    after: () => {
      if (handles++ === at) strike();
    },
  };
  loop.setExceptionHandler((_, { message }) => void reports.push(message));
  return { loop, reports, handles: () => handles };
}

describe.each(Object.keys(kinds))("a program of %s code", (name) => {
  const program = () => {
    const kind = kinds[name]!();
    const state = { inside: 0, finished: false };
    const worker: Script<void> = function* () {
      state.inside++;
      try {
        yield sleep(0);
        yield sleep(1);
      } finally {
        try {
          yield sleep(0);
        } finally {
          state.inside--;
        }
      }
    };
    const main = kind(function* () {
      createTask(kind(worker));
      yield taskGroup((group) => {
        group.createTask(kind(worker));
        return kind(worker)();
      });
      yield gather(kind(worker), kind(worker));
      createTask(kind(worker));
      yield sleep(0);
      state.finished = true;
      return "finished";
    });
    return { main, state };
  };

  it("ends at any moment when its signal is aborted", async () => {
    let last = "";
    let moments = 0;
    for (let at = 0; last !== "finished"; at++) {
      const { main, state } = program();
      const controller = new AbortController();
      let struck = false;
      const { loop, reports } = loopThatStrikes(at, () => {
        struck = !state.finished;
        controller.abort("stop");
      });
      last = await run(main, { loopFactory: () => loop, signal: controller.signal, handleSignals: false }).catch(
        (error: unknown) => (isCancelled(error) ? "cancelled" : String(error)),
      );
      expect({ at, last, struck }).toEqual({ at, last: struck ? "cancelled" : "finished", struck });
      expect({ at, inside: state.inside, reports }).toEqual({ at, inside: 0, reports: [] });
      expect(loop.isClosed()).toBe(true);
      if (last === "cancelled") moments++;
    }
    expect(moments).toBeGreaterThan(15);
  });

  it("leaves nothing behind when its main task ends early", async () => {
    for (let at = 0; at < 20; at++) {
      const { main, state } = program();
      const { loop, reports } = loopThatStrikes(-1, () => {});
      const kind = kinds[name]!();
      const runner = new Runner({ loopFactory: () => loop });
      const short = kind(function* () {
        createTask(main);
        for (let i = 0; i < at; i++) yield sleep(i % 3 === 0 ? 1 : 0);
        return at;
      });
      expect(await runner.run(short, { handleSignals: false })).toBe(at);
      await runner.close();
      expect({ at, inside: state.inside, reports }).toEqual({ at, inside: 0, reports: [] });
    }
  });
});
