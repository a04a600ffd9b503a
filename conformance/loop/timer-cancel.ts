// Fact 5: a cancelled timer never fires and does not delay the others; cancelling again or too late is harmless.
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const first = loop.callLater(1, print, "first");
  const second = loop.callLater(2, print, "second");
  const third = loop.callLater(3, print, "third");

  const atTwoAndAHalf = (): void => {
    print("cancelling", loop.time());
    third.cancel();
    second.cancel();
    print(second.cancelled(), third.cancelled());
  };

  loop.callLater(2.5, atTwoAndAHalf);
  loop.callLater(4, () => loop.stop());
  first.cancel();
  first.cancel();
  print(first.cancelled(), second.cancelled(), first.when() === 1, third.when() === 3);
  await loop.runForever();
  print("stopped at", loop.time());
}
