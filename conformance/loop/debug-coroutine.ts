// Fact 13: in debug mode a coroutine or coroutine function cannot be scheduled as a callback.
import { coroutine } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const work = coroutine(function* () {
    print("never runs");
  });

  loop.setDebug(true);
  print(loop.getDebug());
  const coro = work();
  const calls: [string, (callback: () => unknown) => unknown][] = [
    ["call_soon", (f) => loop.callSoon(f)],
    ["call_later", (f) => loop.callLater(1, f)],
    ["call_at", (f) => loop.callAt(1, f)],
  ];
  for (const [label, call] of calls) {
    for (const callback of [work, coro]) {
      try {
        call(callback as never);
        print(label, "worked");
      } catch (error) {
        print(label, (error as Error).message.slice(0, 31));
      }
    }
  }
  coro.close();
  loop.close();
}
