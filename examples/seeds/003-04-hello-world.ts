// "Concurrency" (lecture notes), 11.4.1 "Hello World coroutine". Native coroutine.
// The last two lines are lost in the notes; they are those of Python's documentation.
import * as asyncio from "asyncio-ts";

const helloWorld = asyncio.coroutine(async () => {
  console.log("Hello World!");
});

const loop = asyncio.getEventLoop();
// Waits until the helloWorld() coroutine is done
await loop.runUntilComplete(helloWorld());
loop.close();
