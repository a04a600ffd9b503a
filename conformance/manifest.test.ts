// Apart from conformance.test.ts because it needs a file system; that one also runs in a browser.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { programs, renderManifest } from "./oracle/manifest.mjs";

const root = import.meta.dirname;

describe("the conformance manifest", () => {
  it("is current", () => {
    expect(readFileSync(join(root, "manifest.ts"), "utf8")).toBe(renderManifest(root));
  });

  it.each(programs(root))("%s has a recorded output and a twin", (name) => {
    expect(existsSync(join(root, `${name}.out`)), "run `npm run oracle`").toBe(true);
    expect(existsSync(join(root, `${name}.ts`))).toBe(true);
  });
});
