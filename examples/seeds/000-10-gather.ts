// "Python Concurrency (v)", asyncio.gather: "an aggregate list of successfully resolved values". Native coroutines.
// The document lost what it prints; hi(n) returns its number here and main prints the list.
import * as asyncio from "asyncio-ts";

const hi = asyncio.coroutine(async (n: number) => {
  await asyncio.sleep(n);
  return n;
});

const main = asyncio.coroutine(async () => {
  const tasks = [hi(1), hi(2), hi(3)];
  console.log(await asyncio.gather(...tasks));
});

await asyncio.run(main());
