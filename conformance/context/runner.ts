// Fact 144: a Runner keeps one context across its runs; a context can be given to one run.
import { ContextVar, copyContext, coroutine, getRunningLoop, Runner, sleep } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import type { Print } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const variable = new ContextVar("variable", { default: "default" });

  const work = coroutine(function* (value: string) {
    const before = variable.get();
    variable.set(value);
    yield* sleep(1);
    return [before, variable.get(), String(getRunningLoop().time())];
  });

  loop.close();
  const given = copyContext();
  const runner = new Runner({ loopFactory: () => new TestLoop() });
  print(await runner.run(work("one")));
  print(await runner.run(work("two")));
  print(await runner.run(work("three"), { context: given }));
  print(await runner.run(work("four")));
  print(runner.getLoop().isClosed(), variable.get(), given.get(variable));
  await runner.close();
}
