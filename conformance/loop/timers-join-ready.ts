// Tick table: a due timer joins the ready queue behind what is already in it, and runs in the same iteration.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const due = (): void => {
    print("timer at", loop.time());
    loop.callSoon(print, "scheduled by the timer");
    loop.callLater(0, print, "timer set by the timer");
  };

  const spin = (left: number): void => {
    print("spin", left);
    if (left) loop.callSoon(spin, left - 1);
  };

  loop.callLater(0, due);
  loop.callSoon(spin, 3);
  loop.callLater(0, print, "second timer");
  loop.callLater(1, () => loop.stop());
  await loop.runForever();
}
