// "Asynchronous Programming" (slides), asyncio.as_completed: results in the order they come. Native coroutines.
// The slide has the loop only; the items come from the programs around it.
import * as asyncio from "asyncio-ts";

const getItem = asyncio.coroutine(async (i: number) => {
  await asyncio.sleep(i);
  return `item ${i}`;
});

const main = asyncio.coroutine(async () => {
  const tasks = [getItem(3), getItem(1), getItem(2)];
  for (const task of asyncio.asCompleted(tasks)) {
    const result = await task;
    console.log(result);
  }
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(main());
loop.close();
