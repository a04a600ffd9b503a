// "Python Concurrency (v)", "Generator based coroutines": two functions run concurrently. Generator coroutines.
// The printing lines and the end are lost in the document: here each says when it begins and ends, and the loop
// runs until the longer one is done.
import * as asyncio from "asyncio-ts";

const sleep5 = asyncio.coroutine(function* () {
  console.log("sleep_5 begins");
  yield* asyncio.sleep(5);
  console.log("sleep_5 ends");
});

const sleep7 = asyncio.coroutine(function* (num: number, loop: asyncio.EventLoop) {
  const start = loop.time();
  console.log(`sleep_7 number ${num} begins`);
  yield* asyncio.sleep(7);
  console.log(`sleep_7 number ${num} ends after ${Math.round(loop.time() - start)} seconds`);
});

const loop = asyncio.getEventLoop();
asyncio.ensureFuture(sleep5());
await loop.runUntilComplete(sleep7(1, loop));
loop.close();
