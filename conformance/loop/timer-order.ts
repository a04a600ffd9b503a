// Fact 4: timers fire in the order of their due times, negative delays included.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const fire = (name: string): void => print(name, loop.time());

  loop.callLater(0.5, fire, "half");
  loop.callLater(-1, fire, "minus one");
  loop.callLater(2, fire, "two");
  loop.callLater(-2, fire, "minus two");
  loop.callAt(1, fire, "at one");
  loop.callLater(0.25, fire, "quarter");
  loop.callSoon(fire, "soon");
  loop.callLater(0, fire, "zero");
  loop.callAt(-5, fire, "at minus five");
  loop.callLater(3, () => loop.stop());
  await loop.runForever();
}
