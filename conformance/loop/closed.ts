// Fact 11: a closed loop refuses work with 'Event loop is closed'; a running one cannot be closed.
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const attempt = (label: string, action: () => unknown): void => {
    try {
      action();
      print(label, "worked");
    } catch (error) {
      print(label, show(error));
    }
  };

  loop.callSoon(attempt, "close while running:", () => loop.close());
  loop.callSoon(() => loop.stop());
  await loop.runForever();
  print(loop.isClosed());

  loop.callSoon(print, "never runs");
  loop.close();
  print(loop.isClosed());
  attempt("close again:", () => loop.close());
  attempt("call_soon:", () => loop.callSoon(print));
  attempt("call_later:", () => loop.callLater(1, print));
  attempt("call_soon_threadsafe:", () => loop.callSoonThreadsafe(print));
  try {
    await loop.runForever();
  } catch (error) {
    print("run_forever:", show(error));
  }
  attempt("create_future:", () => loop.createFuture());
}
