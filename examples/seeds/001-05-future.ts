// "Asynchronous Programming" (slides), Future: result, exception, done, cancel, add_done_callback, and the two ways
// of waiting for one. Native coroutine and callbacks. The slides list the methods; the program is ours.
import * as asyncio from "asyncio-ts";

const loop = asyncio.getEventLoop();

const first = loop.createFuture<string>();
first.addDoneCallback((future) => console.log("callback:", future.result()));
loop.callLater(1, () => first.setResult("the result"));
console.log("done:", first.done());
// loop stops after future is complete
console.log("loop.runUntilComplete:", await loop.runUntilComplete(first));
console.log("done:", first.done(), "exception:", first.exception());

const second = loop.createFuture<string>();
loop.callLater(1, () => second.setException(new RangeError("bad value")));

const waiting = asyncio.coroutine(async () => {
  try {
    // pause execution until future is done
    await second;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.log("await:", String(error));
  }
  const third = loop.createFuture<string>();
  console.log("cancel:", third.cancel(), "done:", third.done(), "cancelled:", third.cancelled());
});

await loop.runUntilComplete(waiting());
loop.close();
