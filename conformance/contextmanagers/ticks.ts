// A manager costs no iteration of the loop: only what its methods wait for does.

import type { CoroutineGenerator } from "asyncio-ts";
import { asyncWith, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  class Quiet {
    *aenter(): CoroutineGenerator<number> {
      return 1;
    }
    *aexit(): CoroutineGenerator<boolean> {
      return false;
    }
  }

  const tick = ticks(getRunningLoop());
  yield* sleep(0);
  for (let i = 0; i < 3; i++) {
    yield* asyncWith(new Quiet(), function* (value) {
      print(value, tick());
    });
    print("left", tick());
  }
  yield* asyncWith(new Quiet(), function* () {
    yield* sleep(0);
    print(tick());
  });
  print(tick());
}

export async function native(print: Print): Promise<void> {
  class Quiet {
    async aenter(): Promise<number> {
      return 1;
    }
    async aexit(): Promise<boolean> {
      return false;
    }
  }

  const tick = ticks(getRunningLoop());
  await sleep(0);
  for (let i = 0; i < 3; i++) {
    await asyncWith(new Quiet(), async (value) => {
      print(value, tick());
    });
    print("left", tick());
  }
  await asyncWith(new Quiet(), async () => {
    await sleep(0);
    print(tick());
  });
  print(tick());
}
