import { describe, expect, it } from "vitest";
import { ContextVar, copyContext, newEventLoop } from "../index.ts";
import { TestLoop } from "../testing/index.ts";
import { type Handle, TimerHandle } from "./handle.ts";

async function runBriefly(loop: TestLoop): Promise<void> {
  loop.callLater(1000, loop.stop);
  await loop.runForever();
}

describe("handles", () => {
  it("a cancelled callback is not called", async () => {
    const loop = new TestLoop();
    const called: string[] = [];
    const soon = loop.callSoon(() => called.push("soon"));
    const later = loop.callLater(1, () => called.push("later"));
    const both = loop.callLater(1, () => called.push("kept"));
    soon.cancel();
    later.cancel();
    later.cancel();
    expect([soon.cancelled(), later.cancelled(), both.cancelled()]).toEqual([true, true, false]);
    await runBriefly(loop);
    expect(called).toEqual(["kept"]);
  });

  it("a callback can cancel the next one of the same iteration", async () => {
    const loop = new TestLoop();
    const called: string[] = [];
    let second: Handle | null = null;
    loop.callSoon(() => second!.cancel());
    second = loop.callSoon(() => called.push("second"));
    await runBriefly(loop);
    expect(called).toEqual([]);
  });

  it("a timer can be cancelled after it became ready, and by a timer of the same instant", async () => {
    const loop = new TestLoop();
    const called: string[] = [];
    let second: TimerHandle | null = null;
    loop.callLater(1, () => second!.cancel());
    second = loop.callLater(1, () => called.push("second"));
    await runBriefly(loop);
    expect(called).toEqual([]);
  });

  it("cancel() after the call changes nothing but the state", async () => {
    const loop = new TestLoop();
    let calls = 0;
    const handle = loop.callLater(1, () => calls++);
    await runBriefly(loop);
    handle.cancel();
    expect(calls).toBe(1);
    expect(handle.cancelled()).toBe(true);
  });

  it("cancel() lets callback and arguments go", () => {
    const loop = newEventLoop();
    const handle = loop.callLater(1, (_: object) => {}, { big: true });
    handle.cancel();
    expect(handle._callback).toBeNull();
    expect(handle._args).toBeNull();
    loop.close();
  });

  it("passes no, one and several arguments", async () => {
    const loop = new TestLoop();
    const called: unknown[][] = [];
    const note = (...args: unknown[]): void => void called.push(args);
    loop.callSoon(note);
    loop.callSoon(note, 1);
    loop.callSoon(note, 1, "two", [3]);
    loop.callLater(1, note, undefined);
    await runBriefly(loop);
    expect(called).toEqual([[], [1], [1, "two", [3]], [undefined]]);
  });

  it("a timer knows when it is due", () => {
    const loop = new TestLoop();
    expect(loop.callAt(12.5, () => {}).when()).toBe(12.5);
    expect(loop.callLater("250ms", () => {}).when()).toBe(0.25);
    expect(loop.callLater(3, () => {})).toBeInstanceOf(TimerHandle);
  });

  it("getContext() is the context the callback runs in", async () => {
    const loop = new TestLoop();
    const variable = new ContextVar<string>("v");
    const context = copyContext();
    const handle = loop.callSoonIn(context, () => variable.set("seen"));
    await runBriefly(loop);
    expect(handle.getContext()).toBe(context);
    expect(context.get(variable)).toBe("seen");
  });

  it("its form names callback, due time and state", () => {
    const loop = newEventLoop();
    const timer = loop.callAt(5, function tick() {});
    const handle = loop.callSoon(function work() {});
    expect(String(handle)).toBe("<Handle work()>");
    expect(String(timer)).toBe("<TimerHandle when=5 tick()>");
    timer.cancel();
    expect(String(timer)).toBe("<TimerHandle when=5 cancelled>");
    expect(String(loop.callSoon(() => {}))).toBe("<Handle <anonymous>()>");
    loop.close();
  });
});
