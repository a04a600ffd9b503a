// Fact 11: a running loop cannot be run again, and no other loop can run inside it.
import { coroutine, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const nested = coroutine(async () => {
    try {
      await loop.runForever();
    } catch (error) {
      print("the same loop:", show(error));
    }
    const other = new TestLoop();
    try {
      await other.runForever();
    } catch (error) {
      print("another loop:", show(error));
    }
    other.close();
    await sleep(1);
    return "went on";
  });

  print(await loop.runUntilComplete(nested()), loop.time());
}
