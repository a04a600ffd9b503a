// "Asynchronous Programming with Coroutines", the first variant of runit(): `async for` over a list. Native coroutines.
// Python wants an asynchronous iterable there and fails; `for await` takes a list and awaits each item by itself.
import * as asyncio from "asyncio-ts";

const returnit = asyncio.coroutine(async (value: string) => {
  console.log(`returning ${value}`);
  return value;
});

const coroA1 = returnit("a1-val");
const coroA2 = returnit("a2-val");

const runit = asyncio.coroutine(async () => {
  for await (const val of [coroA1, coroA2]) {
    console.log(val);
  }
  console.log("done");
});

console.log("starting");
await asyncio.run(runit());
console.log("stopping");
