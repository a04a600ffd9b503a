import { expect, it } from "vitest";
import { makeWorkerSource, readWorkerSource } from "./worker-source.mjs";

it("the workers' program that the package carries is made from its sources (else: node tools/worker-source.mjs)", async () => {
  expect(readWorkerSource()).toBe(await makeWorkerSource());
});
