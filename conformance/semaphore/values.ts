// Facts 119 and 121: initial values, releasing more than was acquired, a bound.

import type { CoroutineGenerator } from "asyncio-ts";
import { BoundedSemaphore, Semaphore } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  for (const Make of [Semaphore, BoundedSemaphore]) {
    print(state(new Make()), "|", state(new Make(0)), "|", state(new Make(3)));
    try {
      new Make(-1);
    } catch (error) {
      print(show(error));
    }
    const semaphore = new Make(1);
    for (let i = 0; i < 2; i++) {
      try {
        semaphore.release();
      } catch (error) {
        print(show(error));
      }
    }
    print(state(semaphore));
    yield* semaphore.runExclusive(function* () {
      print(state(semaphore), semaphore.locked());
    });
    print(state(semaphore), semaphore.locked());
  }
}

export async function native(print: Print): Promise<void> {
  for (const Make of [Semaphore, BoundedSemaphore]) {
    print(state(new Make()), "|", state(new Make(0)), "|", state(new Make(3)));
    try {
      new Make(-1);
    } catch (error) {
      print(show(error));
    }
    const semaphore = new Make(1);
    for (let i = 0; i < 2; i++) {
      try {
        semaphore.release();
      } catch (error) {
        print(show(error));
      }
    }
    print(state(semaphore));
    await semaphore.runExclusive(async () => {
      print(state(semaphore), semaphore.locked());
    });
    print(state(semaphore), semaphore.locked());
  }
}
