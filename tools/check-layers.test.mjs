import { describe, expect, it } from "vitest";
import { checkLayers } from "./check-layers.mjs";

const check = (files) => checkLayers(new Map(Object.entries(files)));

describe("check-layers", () => {
  it("accepts imports from the same floor and from those below", () => {
    const files = {
      "index.ts": 'export { a } from "./tasks/a.ts";',
      "tasks/a.ts": 'import { b } from "./b.ts"; import type { C } from "../loop/c.ts"; import "node:util";',
      "tasks/b.ts": "",
      "loop/c.ts": "",
    };
    expect(check(files)).toEqual([]);
  });

  it.each([
    ["a value", 'import { b } from "../tasks/b.ts";'],
    ["a type", 'import type { B } from "../tasks/b.ts";'],
    ["an export", 'export * from "../tasks/b.ts";'],
    ["a dynamic import", 'const b = await import("../tasks/b.ts");'],
    ["an import type", 'type B = import("../tasks/b.ts").B;'],
  ])("reports %s from a floor above", (_, text) => {
    expect(check({ "loop/a.ts": `\n${text}`, "tasks/b.ts": "" })).toEqual([
      "loop/a.ts:2: loop is below tasks, it cannot import tasks/b.ts",
    ]);
  });

  it("puts sync below structured", () => {
    const up = { "sync/a.ts": 'import "../structured/b.ts";', "structured/b.ts": "" };
    const down = { "sync/a.ts": "", "structured/b.ts": 'import "../sync/a.ts";' };
    expect(check(up)).toHaveLength(1);
    expect(check(down)).toEqual([]);
  });

  it("reports imports of index.ts and of the package by name", () => {
    const files = { "index.ts": "", "testing/a.ts": 'import "../index.ts";\nimport "asyncio-ts/testing";' };
    expect(check(files)).toEqual([
      "testing/a.ts:1: imports the package's index.ts",
      "testing/a.ts:2: imports its own package by name",
    ]);
  });

  it("allows a floor's own index.ts", () => {
    expect(check({ "testing/index.ts": 'export * from "./a.ts";', "testing/a.ts": "" })).toEqual([]);
  });

  it("reports each circle once", () => {
    const files = {
      "loop/a.ts": 'import "./b.ts";',
      "loop/b.ts": 'import { type C, c } from "./c.ts";',
      "loop/c.ts": 'export { b } from "./b.ts";',
    };
    expect(check(files)).toEqual(["circle of imports: loop/b.ts → loop/c.ts → loop/b.ts"]);
  });

  it("lets files know each other's types", () => {
    expect(check({ "loop/a.ts": 'import "./b.ts";', "loop/b.ts": 'import type { A } from "./a.ts";' })).toEqual([]);
  });

  it("reports files outside the house and imports that lead nowhere", () => {
    expect(check({ "util.ts": "", "loop/a.ts": 'import "./gone.ts";' })).toEqual([
      `util.ts: lies on no floor (host, loop, tasks, sync, structured, interop, net, process, border, executors, threading, concurrent, multiprocessing, inspect, testing, index.ts)`,
      "loop/a.ts:1: imports ./gone.ts, which does not exist",
    ]);
  });
});
