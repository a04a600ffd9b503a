// What is pending when run_until_complete() returns goes on in the next run.
import { coroutine, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const background = coroutine(function* (name: string, delay: number) {
    yield* sleep(delay);
    print(name, loop.time());
  });

  const main = coroutine(function* () {
    loop.createTask(background("one", 1));
    loop.createTask(background("three", 3));
    loop.callSoon(print, "soon");
    return "main";
  });

  print(await loop.runUntilComplete(main()));
  print("between", loop.time());
  await loop.runUntilComplete(sleep(2));
  print("between", loop.time());
  await loop.runUntilComplete(sleep(2));
}
