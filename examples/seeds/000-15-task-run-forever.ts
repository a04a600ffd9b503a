// "Python Concurrency (v)", last program in the form of its comments: run_forever, stopped by the callback. Native.
import * as asyncio from "asyncio-ts";

const coro = asyncio.coroutine(async () => {
  await asyncio.sleep(1);
  return "Coroutine is done!";
});

function callbackAdd(future: asyncio.Future<string>): void {
  console.log(future.result());
  loop.stop();
}

const loop = asyncio.getEventLoop();
const task = loop.createTask(coro());
task.addDoneCallback(callbackAdd);
await loop.runForever();
loop.close();
