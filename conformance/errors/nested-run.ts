// Strings 2.4: run() inside a running loop is refused.
import { coroutine, run, sleep } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export async function native(print: Print): Promise<void> {
  const nested = coroutine(async () => {
    print("never runs");
  });

  const coro = nested();
  try {
    await run(coro);
  } catch (error) {
    print(kind(error), (error as Error).message.includes("cannot be called from a running event loop"));
  }
  coro.close();
  await sleep(0);
  print("went on");
}
