// "Asynchronous Programming" (slides), "CoroutineObject = CoroutineFunction()" and "Future(CoroutineObject)". Native.
// The slides have these two lines only; the rest is ours.
import * as asyncio from "asyncio-ts";

const coroutineFunction = asyncio.coroutine(async () => {
  console.log("running");
  return "result";
});

const loop = asyncio.getEventLoop();
const coroutineObject = coroutineFunction();
console.log("nothing has run yet");
const task = asyncio.ensureFuture(coroutineObject, { loop });
console.log("scheduled; done:", task.done());
console.log(await loop.runUntilComplete(task));
console.log("done:", task.done());
loop.close();
