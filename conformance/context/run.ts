// Fact 148: Context.run() calls in the context, passes results and errors on, and cannot be entered twice.
import { ContextVar, copyContext } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { kind, type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const variable = new ContextVar("variable", { default: "default" });
  const context = copyContext();

  const inside = (value: string): string[] => {
    const before = variable.get();
    variable.set(value);
    return [before, variable.get()];
  };

  const fail = (): void => {
    variable.set("failed");
    throw new RangeError("inside");
  };

  const again = (): string[] => {
    try {
      context.run(inside, "never");
    } catch (error) {
      print(kind(error), (error as Error).message.includes("already entered"));
    }
    return context.copy().run(inside, "in a copy");
  };

  print(context.run(inside, "one"), context.run(inside, "two"), variable.get());
  try {
    context.run(fail);
  } catch (error) {
    print(show(error), context.get(variable), variable.get());
  }
  print(context.run(again), context.get(variable));
  print(context.has(variable), copyContext().has(variable));
  loop.close();
}
