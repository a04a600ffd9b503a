// Fact 7: an exception handler that throws is reported to the default handler, and the loop goes on.
import type { ExceptionHandler } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const handler: ExceptionHandler = (_loop, context) => {
    print("handler", context.message);
    throw new TypeError("the handler is broken");
  };

  loop.setExceptionHandler(handler);
  loop.defaultExceptionHandler = (context) => {
    print("default", context.message, show(context.exception));
  };
  loop.callSoon(() => loop.callExceptionHandler({ message: "by hand" }));
  loop.callSoon(print, "next callback");
  loop.callSoon(() => loop.stop());
  await loop.runForever();

  loop.setExceptionHandler(null);
  loop.callExceptionHandler({ message: "without a handler", exception: new RangeError("boom") });
}
