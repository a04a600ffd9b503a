// Facts 25, 45: result() and exception() of a task in each state; nobody else may set them.

import type { CoroutineGenerator } from "asyncio-ts";
import { coroutine, createTask, currentTask, InvalidStateError, RuntimeError, sleep, wait } from "asyncio-ts";
import { kind, type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const attempt = (label: string, action: () => unknown): void => {
    try {
      print(label, action());
    } catch (error) {
      const nameOnly = error instanceof InvalidStateError || error instanceof RuntimeError;
      print(label, nameOnly ? kind(error) : show(error));
    }
  };

  const work = coroutine(function* (what: string) {
    yield* sleep(0);
    if (what === "failed") throw new RangeError("bad");
    if (what === "cancelled") {
      currentTask()!.cancel();
      yield* sleep(0);
    }
    return what;
  });

  for (const what of ["returned", "failed", "cancelled"]) {
    const task = createTask(work(what));
    attempt("pending result:", () => task.result());
    attempt("pending exception:", () => task.exception());
    yield* wait([task]);
    print(what, task.done(), task.cancelled(), task.cancelling());
    attempt("  result:", () => task.result());
    attempt("  exception:", () => (task.exception() ? show(task.exception()) : null));
    attempt("  set result:", () => task.setResult(1 as never));
    attempt("  set exception:", () => task.setException(new RangeError() as never));
    print("  cancel:", task.cancel());
  }
}

export async function native(print: Print): Promise<void> {
  const attempt = (label: string, action: () => unknown): void => {
    try {
      print(label, action());
    } catch (error) {
      const nameOnly = error instanceof InvalidStateError || error instanceof RuntimeError;
      print(label, nameOnly ? kind(error) : show(error));
    }
  };

  const work = coroutine(async (what: string) => {
    await sleep(0);
    if (what === "failed") throw new RangeError("bad");
    if (what === "cancelled") {
      currentTask()!.cancel();
      await sleep(0);
    }
    return what;
  });

  for (const what of ["returned", "failed", "cancelled"]) {
    const task = createTask(work(what));
    attempt("pending result:", () => task.result());
    attempt("pending exception:", () => task.exception());
    await wait([task]);
    print(what, task.done(), task.cancelled(), task.cancelling());
    attempt("  result:", () => task.result());
    attempt("  exception:", () => (task.exception() ? show(task.exception()) : null));
    attempt("  set result:", () => task.setResult(1 as never));
    attempt("  set exception:", () => task.setException(new RangeError() as never));
    print("  cancel:", task.cancel());
  }
}
