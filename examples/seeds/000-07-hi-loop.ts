// "Python Concurrency (v)", the "instead of" before `asyncio.run`: the loop by hand. Native coroutines.
// The body of hi() and the last two lines are lost in the document.
import * as asyncio from "asyncio-ts";

const hi = asyncio.coroutine(async () => {
  console.log("Hi!");
});

const coro = asyncio.coroutine(async () => {
  await hi();
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(coro());
loop.close();
