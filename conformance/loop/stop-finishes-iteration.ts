// Fact 3: stop() lets every callback that was already scheduled for this iteration run.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const stopping = (): void => {
    print("stopping");
    loop.stop();
    loop.callSoon(print, "scheduled after stop");
  };

  loop.callSoon(print, "before");
  loop.callSoon(stopping);
  loop.callSoon(print, "after");
  loop.callSoon(stopping);
  loop.callSoon(print, "last");
  await loop.runForever();
  print("returned", loop.isRunning());
  loop.callSoon(() => loop.stop());
  await loop.runForever();
  print("returned", loop.isRunning());
}
