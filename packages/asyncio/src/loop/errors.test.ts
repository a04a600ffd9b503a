import { describe, expect, it } from "vitest";
import {
  CancelledError,
  InvalidStateError,
  isCancelled,
  KeyboardInterrupt,
  makeCancelledError,
  RuntimeError,
  StopIteration,
  TimeoutError,
} from "./errors.ts";

describe("errors", () => {
  it.each([RuntimeError, InvalidStateError, CancelledError, TimeoutError, KeyboardInterrupt, StopIteration])(
    "%o bears its name, is an Error, and its subclasses too",
    (errorClass) => {
      class Sub extends (errorClass as new () => Error) {}
      const error = new errorClass();
      expect(error).toBeInstanceOf(Error);
      expect(error.name).toBe(errorClass.name);
      expect(new Sub()).toBeInstanceOf(errorClass);
      expect(Object.keys(error)).not.toContain("name");
    },
  );

  it("a CancelledError keeps a reason of any type", () => {
    const reason = { why: 1 };
    expect(new CancelledError(reason).reason).toBe(reason);
    expect(new CancelledError("text").message).toBe("text");
    expect(new CancelledError().message).toBe("");
    expect(new CancelledError().reason).toBe(undefined);
    expect(Object.keys(new CancelledError(null))).toEqual(["reason"]);
    // So that it prints as a plain error does.
    expect(Object.keys(new CancelledError())).toEqual([]);
    expect(new CancelledError(null).message).toBe("");
  });

  it("isCancelled() knows cancellations, of other copies too, and AbortErrors that come of one", () => {
    const cancelled = new CancelledError();
    const foreign = { [Symbol.for("asyncio-ts.CancelledError")]: true };
    const aborted = Object.assign(new Error("aborted", { cause: cancelled }), { name: "AbortError" });
    const again = Object.assign(new Error("aborted", { cause: aborted }), { name: "AbortError" });
    for (const error of [cancelled, foreign, aborted, again]) expect(isCancelled(error)).toBe(true);
  });

  it("isCancelled() is false for everything else", () => {
    const circular = Object.assign(new Error(), { name: "AbortError" }) as Error;
    circular.cause = circular;
    const abort = (cause?: unknown): Error => Object.assign(new Error("x", { cause }), { name: "AbortError" });
    const first = abort();
    first.cause = abort(first);
    const wrapped = new Error("not an abort", { cause: new CancelledError() });
    const plainAbort = Object.assign(new Error(), { name: "AbortError" });
    for (const value of [null, undefined, 1, "x", {}, circular, first, wrapped, plainAbort, new TimeoutError()]) {
      expect(isCancelled(value)).toBe(false);
    }
  });

  it("a cancellation of the loop has a stack only where places are wanted, and leaves others' stacks alone", () => {
    makeCancelledError("x", false);
    expect(new Error("after").stack).toMatch(/errors\.test|http|bundle|suite|\n/);
    expect(makeCancelledError("why", true).reason).toBe("why");
    expect(makeCancelledError("why", false).reason).toBe("why");
  });
});
