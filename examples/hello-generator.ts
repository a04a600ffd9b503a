// Hello world as a generator coroutine: `function*` and `yield*`.
import * as asyncio from "asyncio-ts";

const main = asyncio.coroutine(function* () {
  console.log("Hello ...");
  yield* asyncio.sleep(1);
  console.log("... World!");
});

await asyncio.run(main());
