// Fact 8: the exception handler runs in the context of the callback that failed.
import { ContextVar, copyContext } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const request = new ContextVar("request", { default: "none" });

  const boom = (text: string): void => {
    throw new RangeError(text);
  };

  const serve = (name: string): void => {
    request.set(name);
    loop.callSoon(boom, `soon ${name}`);
    loop.callLater(1, boom, `later ${name}`);
  };

  loop.setExceptionHandler((_loop, context) => print(show(context.exception), "in", request.get()));
  for (const name of ["one", "two"]) copyContext().run(serve, name);
  loop.callSoon(boom, "outside");
  loop.callLater(2, () => loop.stop());
  await loop.runForever();
  print(request.get());
}
