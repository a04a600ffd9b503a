// Hello world as a native coroutine: `async` and `await`.
import * as asyncio from "asyncio-ts";

const main = asyncio.coroutine(async () => {
  console.log("Hello ...");
  await asyncio.sleep(1);
  console.log("... World!");
});

await asyncio.run(main());
