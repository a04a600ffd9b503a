// "Python Concurrency (v)", last program: a task on the loop with a callback, run_until_complete. Native coroutine.
// The body of the callback is lost in the document; it prints the task's result.
import * as asyncio from "asyncio-ts";

const coro = asyncio.coroutine(async () => {
  await asyncio.sleep(1);
  return "Coroutine is done!";
});

function callbackAdd(future: asyncio.Future<string>): void {
  console.log(future.result());
}

const loop = asyncio.getEventLoop();
const task = loop.createTask(coro());
task.addDoneCallback(callbackAdd);
await loop.runUntilComplete(task);
loop.close();
