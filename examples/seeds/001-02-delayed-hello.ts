// "Asynchronous Programming" (slides), a coroutine that suspends itself. Native coroutine.
import * as asyncio from "asyncio-ts";

const delayedHello = asyncio.coroutine(async () => {
  console.log("Hello ");
  await asyncio.sleep(1);
  console.log("World!");
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(delayedHello());
loop.close();
