// Fact 51: done callbacks and scheduled callbacks run in the context of their registration, or in the one given.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, copyContext, getRunningLoop, sleep } from "asyncio-ts";
import type { Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const variable = new ContextVar("variable", { default: "default" });
  const report = (label: string): void => print(label, variable.get());

  const loop = getRunningLoop();
  const future = loop.createFuture<null>();
  variable.set("first");
  const given = copyContext();
  future.addDoneCallback(() => report("done callback"));
  loop.callSoon(report, "call_soon");
  loop.callLater(1, report, "call_later");
  variable.set("second");
  future.addDoneCallback(() => report("done callback"));
  future.addDoneCallback(() => report("done callback with context"), { context: given });
  loop.callSoon(() => variable.set("set by a callback"));
  variable.set("third");
  future.setResult(null);
  yield* sleep(0);
  report("main");
  yield* sleep(2);
}

export async function native(print: Print): Promise<void> {
  const variable = new ContextVar("variable", { default: "default" });
  const report = (label: string): void => print(label, variable.get());

  const loop = getRunningLoop();
  const future = loop.createFuture<null>();
  variable.set("first");
  const given = copyContext();
  future.addDoneCallback(() => report("done callback"));
  loop.callSoon(report, "call_soon");
  loop.callLater(1, report, "call_later");
  variable.set("second");
  future.addDoneCallback(() => report("done callback"));
  future.addDoneCallback(() => report("done callback with context"), { context: given });
  loop.callSoon(() => variable.set("set by a callback"));
  variable.set("third");
  future.setResult(null);
  await sleep(0);
  report("main");
  await sleep(2);
}
