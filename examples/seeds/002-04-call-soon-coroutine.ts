// "Python asyncio guide (part 1/2)", "Calling a coroutine in the future", the wrong way. Generator coroutine.
import * as asyncio from "asyncio-ts";

const loop = asyncio.getEventLoop();

const doSomething = asyncio.coroutine(function* () {
  console.log("need to compute something");
  yield* asyncio.sleep(3);
});

try {
  loop.callSoon(doSomething);
} catch (error) {
  console.log(String(error));
}
