// "Asynchronous Programming" (slides), the first program. Native coroutine.
import * as asyncio from "asyncio-ts";

const sayHello = asyncio.coroutine(async () => {
  console.log("Hello World!");
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(sayHello());
loop.close();
