// "Python asyncio guide (part 1/2)", "Waiting for an async action". Generator coroutines and a callback.
// Repaired: `run_until_completed`. The document's output has remarks such as "(1 second later)" between the lines.
import * as asyncio from "asyncio-ts";

const loop = asyncio.getEventLoop();

const longAsyncTask = asyncio.coroutine(function* () {
  console.log("starting long non blocking task");
  yield* asyncio.sleep(3);
  console.log("done with non blocking task");
  return 42;
});

const doSomething = asyncio.coroutine(function* () {
  console.log("need to compute something");
  const result = yield* longAsyncTask();
  console.log("result is", result);
});

function hello(): void {
  console.log("See, I'm not blocked");
}

loop.callLater(2, hello);
await loop.runUntilComplete(doSomething());
console.log("all done");
