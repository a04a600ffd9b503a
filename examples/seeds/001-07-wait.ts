// "Asynchronous Programming" (slides), "Parallel Execution of Tasks": asyncio.wait. Native coroutines.
// Repaired: the list's closing bracket and underscores. Bare coroutines are still welcome in wait() here.
import * as asyncio from "asyncio-ts";

const getItem = asyncio.coroutine(async (i: number) => {
  await asyncio.sleep(i);
  return `item ${i}`;
});

const getItems = asyncio.coroutine(async (numItems: number) => {
  console.log("getting items");
  const itemCoros = Array.from({ length: numItems }, (_, i) => getItem(i));
  console.log("waiting for tasks to complete");
  const [completed] = await asyncio.wait(itemCoros);
  const results = [...completed].map((t) => t.result());
  console.log("results:", results);
});

const loop = asyncio.getEventLoop();
try {
  await loop.runUntilComplete(getItems(4));
} finally {
  loop.close();
}
