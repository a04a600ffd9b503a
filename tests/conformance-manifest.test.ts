// Not beside conformance.test.ts, which also runs where there is no file system.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { programs, renderManifest } from "../conformance/oracle/manifest.mjs";

const root = join(import.meta.dirname, "../conformance");

describe("the conformance manifest", () => {
  it("is current", () => {
    expect(readFileSync(join(root, "manifest.ts"), "utf8")).toBe(renderManifest(root));
  });

  it.each(programs(root))("%s has a recorded output and a twin", (name) => {
    expect(existsSync(join(root, `${name}.out`)), "run `npm run oracle`").toBe(true);
    expect(existsSync(join(root, `${name}.ts`))).toBe(true);
  });
});
