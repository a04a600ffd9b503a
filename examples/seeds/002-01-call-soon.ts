// "Python asyncio guide (part 1/2)", "The basics". Callbacks.
import * as asyncio from "asyncio-ts";

const loop = asyncio.getEventLoop();

function hello(): void {
  console.log("hello");
  loop.stop();
}

loop.callSoon(hello);
await loop.runForever();
loop.close();
