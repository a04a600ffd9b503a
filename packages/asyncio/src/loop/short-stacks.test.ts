import { describe, expect, it } from "vitest";
import { withShortStacks } from "./short-stacks.ts";

const folder = new URL(".", import.meta.url).href;
const own = `    at BaseLoop.drive (${folder}base-loop.ts:300:5)`;
const userFrame = "    at work (/home/user/program.ts:3:1)";

function failed(message: string, frames: readonly string[], options?: ErrorOptions): Error {
  const error = new Error(message, options);
  error.stack = [`Error: ${message}`, ...frames].join("\n");
  return error;
}

// In a bundle nothing tells the package's frames from the program's.
const bundled = !import.meta.url.includes("/packages/asyncio/");

describe.skipIf(bundled)("withShortStacks", () => {
  it("leaves out the package's and the runtime's frames at the end, and only while it prints", () => {
    const error = failed("x", [userFrame, own, "    at process.processTicksAndRejections (node:internal/x:1:1)"]);
    const whole = error.stack;
    let printed: string | undefined;
    withShortStacks(error, () => {
      printed = error.stack;
    });
    expect(printed).toBe(`Error: x\n${userFrame}`);
    expect(error.stack).toBe(whole);
  });

  it("keeps the package's frames between the program's", () => {
    const error = failed("x", [userFrame, own, userFrame, own]);
    withShortStacks(error, () => expect(error.stack).toBe(`Error: x\n${userFrame}\n${own}\n${userFrame}`));
  });

  it("keeps a stack that is the package's own from beginning to end", () => {
    const error = failed("x", [own, own]);
    const whole = error.stack;
    withShortStacks(error, () => expect(error.stack).toBe(whole));
  });

  it("goes through causes and members, round in a circle, too", () => {
    const cause = failed("cause", [userFrame, own]);
    const member = failed("member", [userFrame, own], { cause });
    cause.cause = member;
    const group = new AggregateError([member, "no error"], "group");
    const seen: (string | undefined)[] = [];
    withShortStacks(group, () => seen.push(member.stack, cause.stack));
    expect(seen).toEqual([`Error: member\n${userFrame}`, `Error: cause\n${userFrame}`]);
    expect(member.stack).toContain("drive");
  });

  it("prints what is frozen, or no error at all, as it is", () => {
    const frozen = Object.freeze(failed("x", [userFrame, own]));
    const printed: unknown[] = [];
    withShortStacks(frozen, () => printed.push(frozen.stack));
    withShortStacks("text", () => printed.push("text"));
    expect(printed).toEqual([frozen.stack, "text"]);
  });

  it("restores the stack when printing throws", () => {
    const error = failed("x", [userFrame, own]);
    expect(() =>
      withShortStacks(error, () => {
        throw new RangeError("console");
      }),
    ).toThrow(RangeError);
    expect(error.stack).toContain("drive");
  });
});
