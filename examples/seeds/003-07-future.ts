// "Concurrency" (lecture notes), 11.4.4 "Future with run_until_complete()". Native coroutine.
// The last lines are lost in the notes; they are those of Python's documentation.
import * as asyncio from "asyncio-ts";

const slowOperation = asyncio.coroutine(async (future: asyncio.Future<string>) => {
  await asyncio.sleep(1);
  future.setResult("Future is done!");
});

const loop = asyncio.getEventLoop();
const future = new asyncio.Future<string>();
asyncio.ensureFuture(slowOperation(future));
await loop.runUntilComplete(future);
console.log(future.result());
loop.close();
