// "Python Concurrency (v)", "Async/await based coroutines": the same program rewritten. Native coroutines.
// The lost lines are repaired as in the generator program; this one imported `datetime`, so it prints the time, too.
import * as asyncio from "asyncio-ts";

const sleep5 = asyncio.coroutine(async () => {
  console.log("sleep_5 begins", new Date().toISOString());
  await asyncio.sleep(5);
  console.log("sleep_5 ends", new Date().toISOString());
});

const sleep7 = asyncio.coroutine(async (num: number, loop: asyncio.EventLoop) => {
  const start = loop.time();
  console.log(`sleep_7 number ${num} begins`, new Date().toISOString());
  await asyncio.sleep(7);
  console.log(`sleep_7 number ${num} ends after ${Math.round(loop.time() - start)} seconds`, new Date().toISOString());
});

const loop = asyncio.getEventLoop();
asyncio.ensureFuture(sleep5());
await loop.runUntilComplete(sleep7(1, loop));
loop.close();
