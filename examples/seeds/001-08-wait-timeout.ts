// "Asynchronous Programming" (slides), asyncio.wait with a timeout; what is left is cancelled. Native coroutines.
// Repaired: the list's closing bracket and underscores. get_item is the one of the program before it.
import * as asyncio from "asyncio-ts";

const getItem = asyncio.coroutine(async (i: number) => {
  await asyncio.sleep(i);
  return `item ${i}`;
});

const getItems = asyncio.coroutine(async (numItems: number) => {
  console.log("getting items");
  const itemCoros = Array.from({ length: numItems }, (_, i) => getItem(i));
  console.log("waiting 2 seconds for tasks to complete");
  const [completed, pending] = await asyncio.wait(itemCoros, { timeout: 2 });
  const results = [...completed].map((t) => t.result());
  console.log("results:", results);
  if (pending.size > 0) {
    console.log("canceling remaining tasks");
    for (const t of pending) {
      t.cancel();
    }
  }
});

const loop = asyncio.getEventLoop();
try {
  await loop.runUntilComplete(getItems(4));
} finally {
  loop.close();
}
