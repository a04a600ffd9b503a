// "Asynchronous Programming with Coroutines", the second variant of runit(): two tasks. Native coroutines.
// The second task has run, too, when the first one's result is there; nobody has to await it for that.
import * as asyncio from "asyncio-ts";

const returnit = asyncio.coroutine(async (value: string) => {
  console.log(`returning ${value}`);
  return value;
});

const coroA1 = returnit("a1-val");
const coroA2 = returnit("a2-val");

const runit = asyncio.coroutine(async () => {
  const t1 = asyncio.createTask(coroA1); // add to the set of runnable tasks
  asyncio.createTask(coroA2); // add to the set of runnable tasks

  await t1; // suspend until t1 is done
  console.log("done");
});

console.log("starting");
await asyncio.run(runit());
console.log("stopping");
