// Fact 6: an exception in a callback goes to the exception handler, and the loop goes on.
import type { ExceptionHandler } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const handler: ExceptionHandler = (_loop, context) => {
    print(context.message?.slice(0, 21), show(context.exception), "handle" in context);
  };

  const boom = (text: string): void => {
    throw new RangeError(text);
  };

  print(loop.getExceptionHandler() === null);
  loop.setExceptionHandler(handler);
  print(loop.getExceptionHandler() === handler);
  loop.callSoon(boom, "from a callback");
  loop.callSoon(print, "next callback");
  loop.callLater(1, boom, "from a timer");
  loop.callLater(2, print, "next timer");
  loop.callLater(3, () => loop.stop());
  await loop.runForever();
  print("stopped at", loop.time());
}
