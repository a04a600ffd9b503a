// A handle cancelled by an earlier callback of the same iteration does not run.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const killer = (): void => {
    print("killer", later.cancelled());
    later.cancel();
    earlier.cancel();
    print("killed", later.cancelled(), earlier.cancelled());
  };

  const earlier = loop.callSoon(print, "earlier");
  loop.callSoon(killer);
  const later = loop.callSoon(print, "later");
  loop.callSoon(print, "end");
  loop.callSoon(() => loop.stop());
  await loop.runForever();
}
