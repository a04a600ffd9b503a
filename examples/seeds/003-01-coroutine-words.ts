// "Concurrency" (lecture notes), 11.2 "Coroutine": the function and the object. Native and generator coroutine.
// The notes tell it in prose; the program is ours.
import * as asyncio from "asyncio-ts";

const native = asyncio.coroutine(async () => "native");
const generator = asyncio.coroutine(function* () {
  yield* asyncio.sleep(0);
  return "generator";
});

const loop = asyncio.getEventLoop();
for (const coroutineFunction of [native, generator]) {
  const coroutineObject = coroutineFunction();
  console.log("function:", asyncio.isCoroutineFunction(coroutineFunction), asyncio.isCoroutine(coroutineFunction));
  console.log("object:", asyncio.isCoroutineFunction(coroutineObject), asyncio.isCoroutine(coroutineObject));
  console.log(await loop.runUntilComplete(coroutineObject));
}
loop.close();
