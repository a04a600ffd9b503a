// "Asynchronous Programming with Coroutines", "… based on Generators (pre-3.5)": the outline it lists, as a program.
// Generator coroutines. The article has the outline only.
import * as asyncio from "asyncio-ts";

const coroutineA = asyncio.coroutine(function* () {
  yield* asyncio.sleep(1);
  return "data of A";
});

const coroutineB = asyncio.coroutine(function* (input: string) {
  yield* asyncio.sleep(1);
  return `data of B, made from ${input}`;
});

const task = asyncio.coroutine(function* () {
  console.log("do some processing");
  const a = yield* coroutineA();
  console.log("do some processing with", a);
  const b = yield* coroutineB(a);
  console.log("do some processing with", b);
  return "a value";
});

const loop = asyncio.getEventLoop();
console.log("produce", await loop.runUntilComplete(task()));
loop.close();
