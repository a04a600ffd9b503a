// "Asynchronous Programming" (slides), the table "Python 3.4 | Python 3.5+": its left column, @asyncio.coroutine and
// yield from, applied to the program before it. Generator coroutine.
import * as asyncio from "asyncio-ts";

const delayedHello = asyncio.coroutine(function* () {
  console.log("Hello ");
  yield* asyncio.sleep(1);
  console.log("World!");
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(delayedHello());
loop.close();
