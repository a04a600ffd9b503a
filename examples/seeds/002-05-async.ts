// "Python asyncio guide (part 1/2)", "The correct way to use coroutine then is": asyncio.async. Generator coroutines.
// The document has the two calls only; the coroutine is the one from above, and the loop is stopped after both.
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

loop.callSoon(asyncio.async, doSomething()); // note the call to doSomething here
loop.callLater(1, asyncio.async, doSomething());
loop.callLater(5, () => loop.stop());
await loop.runForever();
loop.close();
