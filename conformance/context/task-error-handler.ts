// Fact 8: what a task leaves to the exception handler is handled in the task's context.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, coroutine, gather, getRunningLoop, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const work = coroutine(function* (name: string) {
    variable.set(name);
    const future = getRunningLoop().createFuture<null>();
    const broken = (): void => {
      variable.set(`${name}, in the callback`);
      throw new RangeError(name);
    };
    future.addDoneCallback(broken);
    future.setResult(null);
    yield* sleep(0);
    print(name, "still has", variable.get());
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(show(context.exception), "handled with", variable.get()));
  yield* gather(work("a"), work("b"));
  print(variable.get());
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar("variable", { default: "default" });

  const work = coroutine(async (name: string) => {
    variable.set(name);
    const future = getRunningLoop().createFuture<null>();
    const broken = (): void => {
      variable.set(`${name}, in the callback`);
      throw new RangeError(name);
    };
    future.addDoneCallback(broken);
    future.setResult(null);
    await sleep(0);
    print(name, "still has", variable.get());
  });

  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(show(context.exception), "handled with", variable.get()));
  await gather(work("a"), work("b"));
  print(variable.get());
}
