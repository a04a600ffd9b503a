// Fact 2: stop() before run_forever() runs exactly one iteration; what it scheduled stays for the next run.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const first = (): void => {
    print("first");
    loop.callSoon(print, "scheduled by first");
  };

  loop.callSoon(first);
  loop.callLater(0, print, "timer that is due");
  loop.callLater(1, print, "timer that is not due");
  loop.stop();
  await loop.runForever();
  print("returned at", loop.time());
  loop.stop();
  await loop.runForever();
  print("again at", loop.time());
}
