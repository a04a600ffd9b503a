// "Python Concurrency (v)", "You can simply replace the last three lines with": `asyncio.run`. Native coroutines.
import * as asyncio from "asyncio-ts";

const hi = asyncio.coroutine(async () => {
  console.log("Hi!");
});

const coro = asyncio.coroutine(async () => {
  await hi();
});

await asyncio.run(coro());
