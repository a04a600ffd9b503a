// "Asynchronous Programming" (slides), asyncio.gather: results in the order of the list. Native coroutines.
// Repaired: the list's closing bracket.
import * as asyncio from "asyncio-ts";

const getItem = asyncio.coroutine(async (i: number) => {
  await asyncio.sleep(i);
  return `item ${i}`;
});

const getItems = asyncio.coroutine(async (numItems: number) => {
  console.log("getting items");
  const itemCoros = Array.from({ length: numItems }, (_, i) => getItem(i));
  console.log("waiting for tasks to complete");
  const results = await asyncio.gather(...itemCoros);
  console.log("results:", results);
});

const loop = asyncio.getEventLoop();
try {
  await loop.runUntilComplete(getItems(4));
} finally {
  loop.close();
}
