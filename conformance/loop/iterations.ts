// Fact 1: a callback scheduled by a running callback runs in the next iteration, not in this one.
import { TestLoop } from "asyncio-ts/testing";
import { type Print, ticks } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const tick = ticks(loop);

  const again = (name: string, left: number): void => {
    print(name, left, "in", tick());
    if (left) loop.callSoon(again, name, left - 1);
  };

  const burst = (): void => {
    print("burst in", tick());
    for (const name of "xyz") loop.callSoon(print, name);
    loop.callSoon(again, "late", 1);
  };

  loop.callSoon(again, "a", 3);
  loop.callSoon(burst);
  loop.callSoon(again, "b", 2);
  loop.callLater(1, () => loop.stop());
  await loop.runForever();
  print("stopped at", loop.time());
}
