// Every TypeScript twin prints what its Python program printed on CPython 3.14.
import { run } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { describe, expect, it } from "vitest";
import { pairs } from "./manifest.ts";
import { type Print, recorder } from "./twin.ts";

describe.each(pairs)("$name", ({ twin, expected }) => {
  const { generator, native, program } = twin;
  const prints = async (start: (print: Print) => Promise<void>): Promise<void> => {
    const { print, text } = recorder();
    await start(print);
    expect(text()).toBe(expected);
  };
  const loopFactory = (): TestLoop => new TestLoop();

  if (generator) it("generator", () => prints((print) => run(() => generator(print), { loopFactory })));
  if (native) it("native", () => prints((print) => run(() => native(print), { loopFactory })));
  if (program) it("program", () => prints(program));
});
