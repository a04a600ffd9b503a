import { describe, expect, it } from "vitest";
import { captureStack, placeOf, stackLines } from "./stack.ts";

describe("stacks", () => {
  it("stackLines() keeps the frames of users' code, innermost first", () => {
    const stack = [
      "Error: message",
      "    at inner (/app/program.ts:3:5)",
      "    at async outer (file:///app/main.ts:10:20)",
      "    at /app/anonymous.ts:1:1",
      "    at node:internal/main/run_main_module:28:49",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
      "    at drainTicks (ext:core/01_core.js:432:5)",
      "    at new Promise (<anonymous>)",
      "    at native",
    ].join("\n");
    expect(stackLines(stack).slice(0, 3)).toEqual([
      "inner (/app/program.ts:3:5)",
      "async outer (file:///app/main.ts:10:20)",
      "/app/anonymous.ts:1:1",
    ]);
    expect(stackLines(stack).join()).not.toMatch(/node:|ext:|<anonymous>/);
  });

  it("stackLines() reads the form of other engines, too", () => {
    expect(stackLines("inner@http://host/a.js:3:5\n@http://host/b.js:1:1\n")).toEqual([
      "inner@http://host/a.js:3:5",
      "@http://host/b.js:1:1",
    ]);
  });

  it("stackLines() of nothing is nothing", () => {
    expect(stackLines(undefined)).toEqual([]);
    expect(stackLines("Error: only a message")).toEqual([]);
  });

  it.each([
    ["inner (/app/program.ts:3:5)", "/app/program.ts:3"],
    ["async outer (file:///app/main.ts:10:20)", "/app/main.ts:10"],
    ["async file:///app/main.ts:10:20", "/app/main.ts:10"],
    ["/app/anonymous.ts:1:1", "/app/anonymous.ts:1"],
    ["Object.<anonymous> (C:\\app\\main.ts:7:1)", "C:\\app\\main.ts:7"],
    ["fn (http://127.0.0.1:8080/suite.js:7:1)", "http://127.0.0.1:8080/suite.js:7"],
  ])("placeOf(%j) is %j", (frame, place) => {
    expect(placeOf(frame)).toBe(place);
  });

  it("placeOf(undefined) is null", () => {
    expect(placeOf(undefined)).toBeNull();
  });

  it("captureStack() gives at most as many frames as asked, and leaves the limit of other errors alone", () => {
    const before = (Error as { stackTraceLimit?: number }).stackTraceLimit;
    const deep = (depth: number): string[] => (depth === 0 ? captureStack(5).lines : deep(depth - 1));
    expect(deep(50).length).toBeLessThanOrEqual(5);
    expect(deep(50).length).toBeGreaterThan(0);
    expect((Error as { stackTraceLimit?: number }).stackTraceLimit).toBe(before);
  });
});
