import { describe, expect, it } from "vitest";
import { blocksOf, fileOf, matches, scriptsIn } from "./doctest.mjs";

describe("doctest", () => {
  it("finds blocks with their language, info and line", () => {
    const [block] = blocksOf("a.md", "# A\n\n```ts no-run\nlet a = 1;\n```\n");
    expect(block).toMatchObject({
      place: "a.md:4",
      language: "ts",
      info: "no-run",
      text: "let a = 1;",
      expected: null,
    });
  });

  it("finds the name of a block that is a module for others", () => {
    const [module, program] = blocksOf("a.md", "```ts file=jobs.ts\nexport {};\n```\n```ts no-run\nf();\n```\n");
    expect([fileOf(module), fileOf(program)]).toEqual(["jobs.ts", null]);
  });

  it("takes the expected output from comments", () => {
    const [block] = blocksOf("a.md", "```ts\nconsole.log(1); // => 1\nconsole.log(2);\n// => 2\n```\n```text\n3\n```");
    expect(block.expected).toEqual(["1", "2"]);
  });

  it("takes the expected output from a text block right after it only", () => {
    const right = "```ts\nf();\n```\n\n```text\nx\ny\n```\n";
    expect(blocksOf("a.md", right)[0].expected).toEqual(["x", "y"]);
    expect(blocksOf("a.md", right.replace("\n\n", "\n\nprose\n\n"))[0].expected).toBe(null);
  });

  it("removes the indentation of a block in a list", () => {
    expect(blocksOf("a.md", "- a\n  ```ts\n  if (a) {\n    b();\n  }\n  ```\n")[0].text).toBe("if (a) {\n  b();\n}");
  });

  it("compares whole lines; … stands for any text", () => {
    expect(matches(["a (b)", "<Task at …>"], ["a (b)", "<Task at x.ts:1>"])).toBe(true);
    expect(matches(["a"], ["ab"])).toBe(false);
    expect(matches(["a"], ["a", "b"])).toBe(false);
  });

  it("finds the npm scripts that a shell block names", () => {
    expect(scriptsIn("npm start -- a.ts\nnpm test && npm run test:long\nnpm install")).toEqual([
      "start",
      "test",
      "test:long",
    ]);
  });
});
