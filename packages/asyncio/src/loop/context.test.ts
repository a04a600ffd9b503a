import { describe, expect, it } from "vitest";
import { newEventLoop, run, sleep } from "../index.ts";
import { runTest } from "../testing/index.ts";
import { Context, ContextVar, copyContext, currentContext, Token } from "./context.ts";
import { RuntimeError } from "./errors.ts";

describe("context variables", () => {
  it("get() gives the value, else the fallback, else the default, else throws", () => {
    const bare = new ContextVar<string>("bare");
    const withDefault = new ContextVar("with default", { default: "default" });
    expect(() => bare.get()).toThrow(RangeError);
    expect(() => bare.get()).toThrow("bare");
    expect(bare.get("fallback")).toBe("fallback");
    expect(withDefault.get()).toBe("default");
    expect(withDefault.get("fallback")).toBe("fallback");
    copyContext().run(() => {
      bare.set("value");
      expect(bare.get("fallback")).toBe("value");
    });
  });

  it("undefined is a value as any other, also as a default", () => {
    const variable = new ContextVar<undefined | string>("u", { default: "default" });
    copyContext().run(() => {
      variable.set(undefined);
      expect(variable.get()).toBeUndefined();
      expect(variable.get("fallback")).toBeUndefined();
    });
    expect(new ContextVar("d", { default: undefined }).get()).toBeUndefined();
  });

  it("a token brings the value back, also to none at all", () => {
    const variable = new ContextVar<number>("n");
    copyContext().run(() => {
      const first = variable.set(1);
      const second = variable.set(2);
      expect(second.oldValue).toBe(1);
      expect(first.oldValue).toBe(Token.MISSING);
      variable.reset(second);
      expect(variable.get()).toBe(1);
      variable.reset(first);
      expect(() => variable.get()).toThrow(RangeError);
    });
  });

  it("a token serves once, in its context, for its variable", () => {
    const one = new ContextVar<number>("one");
    const other = new ContextVar<number>("other");
    copyContext().run(() => {
      const token = one.set(1);
      expect(() => other.reset(token)).toThrow(new RangeError("<Token> was created by a different ContextVar"));
      copyContext().run(() => {
        expect(() => one.reset(token)).toThrow(new RangeError("<Token> was created in a different Context"));
      });
      one.reset(token);
      expect(() => one.reset(token)).toThrow(new RuntimeError("<Token> has already been used once"));
    });
  });

  it("a token ends a block by its disposer", () => {
    const variable = new ContextVar("v", { default: 0 });
    copyContext().run(() => {
      const token = variable.set(1);
      token[Symbol.dispose]();
      expect(variable.get()).toBe(0);
    });
  });

  it("a name must be a string", () => {
    expect(() => new ContextVar(5 as never)).toThrow(new TypeError("context variable name must be a string"));
  });
});

describe("contexts", () => {
  it("run() gives what the function gives, with its arguments, and keeps what it sets", () => {
    const variable = new ContextVar("v", { default: 0 });
    const context = copyContext();
    expect(context.run((a: number, b: number) => variable.set(a + b) && variable.get(), 1, 2)).toBe(3);
    expect(variable.get()).toBe(0);
    expect(context.get(variable)).toBe(3);
    expect(context.run(() => variable.get())).toBe(3);
  });

  it("cannot be entered twice, also not from its own inside", () => {
    const context = copyContext();
    expect(() => context.run(() => context.run(() => {}))).toThrow(RuntimeError);
    expect(() => context.run(() => copyContext().run(() => context.run(() => {})))).toThrow("already entered");
    expect(context.run(() => "again")).toBe("again");
  });

  it("a context that was left by an error can be entered again", () => {
    const context = new Context();
    expect(() =>
      context.run(() => {
        throw new RangeError("out");
      }),
    ).toThrow("out");
    expect(context.run(() => 1)).toBe(1);
  });

  it("the context of the running task is entered already", () =>
    runTest(async () => {
      expect(() => currentContext().run(() => {})).toThrow(RuntimeError);
    }));

  it("copies are independent of each other in both directions, before and after they are written", () => {
    const variable = new ContextVar<number>("v");
    const first = new Context();
    first.run(() => variable.set(1));
    const second = first.copy();
    second.run(() => variable.set(2));
    first.run(() => variable.set(3));
    const third = second.copy();
    first.run(() => variable.set(4));
    expect([first, second, third].map((context) => context.get(variable))).toEqual([4, 2, 2]);
  });

  it("an undone set in a copy leaves the original alone", () => {
    const variable = new ContextVar<number>("v");
    const original = new Context();
    original.run(() => variable.set(1));
    const copy = original.copy();
    copy.run(() => {
      const token = variable.set(2);
      variable.reset(token);
    });
    copy.run(() => variable.set(5));
    expect(original.get(variable)).toBe(1);
  });

  it("knows its variables: get, has, size, keys, entries, iteration", () => {
    const set = new ContextVar<number>("set", { default: 9 });
    const unset = new ContextVar<number>("unset", { default: 9 });
    const context = new Context();
    expect([...context]).toEqual([]);
    expect(context.size).toBe(0);
    context.run(() => set.set(1));
    expect(context.has(set as ContextVar<unknown>)).toBe(true);
    expect(context.has(unset as ContextVar<unknown>)).toBe(false);
    expect(context.get(unset)).toBeUndefined();
    expect(context.size).toBe(1);
    expect([...context.keys()]).toEqual([set]);
    expect([...context]).toEqual([set]);
    expect([...context.entries()]).toEqual([[set, 1]]);
  });

  it("a callback runs in the context that was current when it was scheduled", async () => {
    const variable = new ContextVar("v", { default: "outside" });
    const seen: string[] = [];
    const loop = newEventLoop();
    copyContext().run(() => {
      variable.set("inside");
      loop.callSoon(() => seen.push(variable.get()));
      loop.callLater(0.001, () => seen.push(variable.get()));
      variable.set("changed later");
    });
    loop.callSoon(() => seen.push(variable.get()));
    loop.callLater(0.002, loop.stop);
    await loop.runForever();
    loop.close();
    expect(seen).toEqual(["inside", "outside", "inside"]);
  });

  it("callSoonIn and its siblings take the context as it is, shared", async () => {
    const variable = new ContextVar("v", { default: 0 });
    const context = new Context();
    const loop = newEventLoop();
    const add = (): void => void variable.set(variable.get() + 1);
    loop.callSoonIn(context, add);
    loop.callLaterIn(context, 0, add);
    loop.callAtIn(context, loop.time(), add);
    loop.callLater(0.001, loop.stop);
    await loop.runForever();
    loop.close();
    expect(context.get(variable)).toBe(3);
  });

  it("what a program sets does not leak out of run()", async () => {
    const variable = new ContextVar("v", { default: "outside" });
    await run(async () => {
      variable.set("inside");
      await sleep(0);
      expect(variable.get()).toBe("inside");
    });
    expect(variable.get()).toBe("outside");
  });
});
