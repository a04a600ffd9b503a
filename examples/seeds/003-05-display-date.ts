// "Concurrency" (lecture notes), 11.4.2 "Coroutine displaying the current date". Native coroutine.
// The printing line, the `break` and the last two lines are lost; they are those of Python's documentation.
import * as asyncio from "asyncio-ts";

const displayDate = asyncio.coroutine(async (loop: asyncio.EventLoop) => {
  const endTime = loop.time() + 5.0;
  while (true) {
    console.log(new Date().toISOString());
    if (loop.time() + 1.0 >= endTime) {
      break;
    }
    await asyncio.sleep(1);
  }
});

const loop = asyncio.getEventLoop();
// Waits until the displayDate() coroutine is done
await loop.runUntilComplete(displayDate(loop));
loop.close();
