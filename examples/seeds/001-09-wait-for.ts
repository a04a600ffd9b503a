// "Asynchronous Programming" (slides), asyncio.wait_for. Native coroutines.
// The slide has the try statement only (its `except` indented too far); the task that takes too long is ours.
import * as asyncio from "asyncio-ts";

const getItem = asyncio.coroutine(async (i: number) => {
  await asyncio.sleep(i);
  return `item ${i}`;
});

const main = asyncio.coroutine(async () => {
  const task = asyncio.createTask(getItem(60));
  try {
    const result = await asyncio.waitFor(task, 30.0);
    console.log(result);
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error;
    console.log("task did not complete in 30 seconds so it was canceled");
  }
  console.log("cancelled:", task.cancelled());
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(main());
loop.close();
