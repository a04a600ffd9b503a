// A lock belongs to the loop in which somebody had to wait for it; without waiting it can be used in any.

import { createTask, Lock, run, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { kind, type Print, state } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loopFactory = (): TestLoop => new TestLoop();
  const lock = new Lock();
  const use = async (): Promise<void> => {
    await lock.runExclusive(async () => print(state(lock)));
  };
  const contend = async (): Promise<void> => {
    await lock.acquire();
    const task = createTask(use);
    await sleep(0);
    lock.release();
    await task;
  };
  for (const body of [use, use, contend, use, contend]) {
    try {
      await run(body, { loopFactory });
    } catch (error) {
      print(kind(error), (error as Error).message.endsWith("is bound to a different event loop"), state(lock));
      if (lock.locked()) lock.release();
    }
  }
  const waitAgain = async (): Promise<void> => {
    await lock.acquire();
    try {
      await lock.acquire();
    } catch (error) {
      print((error as Error).message.split("[")[1]);
    }
    lock.release();
  };
  await run(waitAgain, { loopFactory });
}
