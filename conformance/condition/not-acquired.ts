// Fact 118: who waits or notifies without the lock gets an error.

import type { CoroutineGenerator } from "asyncio-ts";
import { Condition } from "asyncio-ts";
import { type Print, show, state } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const condition = new Condition();
  for (const waiting of [condition.wait(), condition.waitFor(() => false)]) {
    try {
      yield* waiting;
    } catch (error) {
      print(show(error));
    }
  }
  for (const act of [() => condition.notify(), () => condition.notifyAll(), () => condition.release()]) {
    try {
      act();
    } catch (error) {
      print(show(error));
    }
  }
  print(yield* condition.waitFor(() => "no lock is needed"), state(condition));
}

export async function native(print: Print): Promise<void> {
  const condition = new Condition();
  for (const waiting of [condition.wait(), condition.waitFor(() => false)]) {
    try {
      await waiting;
    } catch (error) {
      print(show(error));
    }
  }
  for (const act of [() => condition.notify(), () => condition.notifyAll(), () => condition.release()]) {
    try {
      act();
    } catch (error) {
      print(show(error));
    }
  }
  print(await condition.waitFor(() => "no lock is needed"), state(condition));
}
