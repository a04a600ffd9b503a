// "Asynchronous Programming" (slides), "Coroutine Chaining". Native coroutines.
// Repaired: `run until complete(perform task())` and `event_loop.close()`.
import * as asyncio from "asyncio-ts";

const performTask = asyncio.coroutine(async () => {
  console.log("performing task");
  console.log("waiting for result1");
  const result1 = await subtask1();
  console.log("waiting for result2");
  const result2 = await subtask2(result1);
  return [result1, result2] as const;
});

const subtask1 = asyncio.coroutine(async () => {
  console.log("perform subtask 1");
  return "result1";
});

const subtask2 = asyncio.coroutine(async (arg: string) => {
  console.log("perform subtask 2");
  return `result2 relies on ${arg}`;
});

const loop = asyncio.getEventLoop();
const result = await loop.runUntilComplete(performTask());
loop.close();
console.log(result);
