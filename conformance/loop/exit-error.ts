// Fact 9: an exit-class error leaves the loop at once and leaves no stale stop behind.
import { coroutine, KeyboardInterrupt, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const interrupt = (): void => {
    print("interrupting");
    throw new KeyboardInterrupt();
  };

  const child = coroutine(function* () {
    throw new KeyboardInterrupt();
  });

  loop.callSoon(interrupt);
  loop.callSoon(print, "same iteration, kept for the next run");
  try {
    await loop.runForever();
  } catch (error) {
    print(show(error), loop.isRunning());
  }

  loop.callLater(1, print, "one second later");
  await loop.runUntilComplete(sleep(2));
  print("ran on to", loop.time());

  try {
    await loop.runUntilComplete(child());
  } catch (error) {
    print(show(error));
  }
  print(await loop.runUntilComplete(sleep(0, "still usable")));
}
