// Facts 11, 12: a task for a closed loop is refused.
import { coroutine } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const work = coroutine(function* () {
    print("never runs");
  });

  loop.close();
  const coro = work();
  try {
    loop.createTask(coro);
  } catch (error) {
    print(show(error));
  }
  coro.close();
  print(coro.state);
}
