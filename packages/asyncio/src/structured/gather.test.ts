import { describe, expect, it } from "vitest";
import {
  allTasks,
  CancelledError,
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  newEventLoop,
  run,
  shield,
  sleep,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const fail = async (after: number, message = "bad"): Promise<never> => {
  await sleep(after);
  throw new RangeError(message);
};

describe("gather()", () => {
  it("takes every kind of awaitable, in both forms, and keeps their order", () =>
    runTest(async () => {
      const future = getRunningLoop().createFuture<number>();
      getRunningLoop().callLater(4, () => future.setResult(6));
      const all = [
        sleep(5, 1),
        async () => await sleep(1, 2),
        function* () {
          return yield* sleep(3, 3);
        },
        createTask(() => sleep(2, 4)),
        Promise.resolve(5),
        future,
        { then: (resolve: (value: number) => void) => resolve(7) } as PromiseLike<number>,
      ] as const;
      expect(await gather(...all)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(getRunningLoop().time()).toBe(5);
    }));

  it("of nothing is done, with an empty list", () =>
    runTest(async () => {
      expect(gather().done()).toBe(true);
      expect(await gather([])).toEqual([]);
    }));

  it("one coroutine given twice runs once and fills both places", () =>
    runTest(async () => {
      let runs = 0;
      const once = coroutine(async () => ++runs)();
      const generator = (function* () {
        yield* sleep(0);
        return ++runs;
      })();
      expect(await gather(once, generator, once, generator)).toEqual([1, 2, 1, 2]);
    }));

  it.each([5, null, {}, "text"])("of %s is a TypeError", (value) =>
    runTest(async () => {
      expect(() => gather(value as never)).toThrow("An asyncio.Future, a coroutine or an awaitable is required, got");
    }),
  );

  it("a bad argument leaves no report behind", async () => {
    const reports: unknown[] = [];
    await runTest(async () => {
      getRunningLoop().setExceptionHandler((_, context) => reports.push(context.message));
      expect(() => gather(sleep(0) as never, 5 as never)).toThrow(TypeError);
    });
    expect(reports).toEqual([]);
  });

  it("futures of two loops are a RangeError", () =>
    runTest(async () => {
      const other = newEventLoop();
      expect(() => gather(getRunningLoop().createFuture(), other.createFuture())).toThrow(RangeError);
      other.close();
    }));

  it("the first error comes out at once; the others run on and their errors count as seen", () =>
    runTest(async () => {
      const reports: unknown[] = [];
      getRunningLoop().setExceptionHandler((_, context) => reports.push(context));
      const survivor = createTask(() => sleep(10, "survived"));
      await expect(gather(fail.bind(null, 1, "first"), fail.bind(null, 2, "second"), survivor)).rejects.toThrow(
        "first",
      );
      expect(getRunningLoop().time()).toBe(1);
      expect(await survivor).toBe("survived");
      await sleep(1);
      expect(reports).toEqual([]);
    }));

  it("with returnExceptions errors and cancellations are results", () =>
    runTest(async () => {
      const cancelled = createTask(() => sleep(10));
      getRunningLoop().callLater(0.5, () => cancelled.cancel("why"));
      const [value, error, cancellation] = await gather([sleep(1, "value"), () => fail(1), cancelled], {
        returnExceptions: true,
      });
      expect(value).toBe("value");
      expect(error).toBeInstanceOf(RangeError);
      expect(cancellation).toBeInstanceOf(CancelledError);
      // The message went into the child's sleep; CPython's gather() shows none here, either.
      expect((cancellation as unknown as CancelledError).message).toBe("");
    }));

  it("a cancelled child makes it fail with CancelledError; it is not cancelled itself", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10));
      const gathered = gather(child, sleep(20));
      getRunningLoop().callLater(1, () => child.cancel());
      await expect(gathered).rejects.toBeInstanceOf(CancelledError);
      expect(gathered.cancelled()).toBe(false);
      expect(gathered.done()).toBe(true);
    }));

  it("cancelling it cancels all pending children, with the message", () =>
    runTest(async () => {
      const children = [createTask(() => sleep(1)), createTask(() => sleep(10)), createTask(() => sleep(20))];
      const gathered = gather(children);
      await sleep(2);
      expect(gathered.cancel("all")).toBe(true);
      await expect(gathered).rejects.toMatchObject({ name: "CancelledError", reason: "all" });
      expect(children.map((child) => child.cancelled())).toEqual([false, true, true]);
    }));

  it("cancelling is false once all children are done", () =>
    runTest(async () => {
      const child = getRunningLoop().createFuture<void>();
      const gathered = gather(child);
      child.setResult();
      expect(gathered.cancel()).toBe(false);
      expect(await gathered).toEqual([undefined]);
    }));

  it("cancelled with returnExceptions it still raises CancelledError", () =>
    runTest(async () => {
      const gathered = gather([sleep(10), sleep(20)], { returnExceptions: true });
      await sleep(1);
      gathered.cancel();
      await expect(gathered).rejects.toBeInstanceOf(CancelledError);
    }));

  it("a shielded child survives", () =>
    runTest(async () => {
      const child = createTask(() => sleep(5, "survived"));
      const gathered = gather(shield(child), sleep(10));
      await sleep(1);
      gathered.cancel();
      await gathered.catch(() => {});
      expect(await child).toBe("survived");
      expect(allTasks().size).toBe(1);
    }));

  it("10,000 children", async () => {
    // On a real loop: a test loop notes the place of every wait.
    const results = await run(
      async () => await gather(...Array.from({ length: 10_000 }, (_, i) => sleep((i % 7) / 1000, i))),
      { handleSignals: false },
    );
    expect(results.every((value, index) => value === index)).toBe(true);
  });
});
