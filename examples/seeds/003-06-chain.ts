// "Concurrency" (lecture notes), 11.4.3 "Chain coroutines". Native coroutines.
import * as asyncio from "asyncio-ts";

const compute = asyncio.coroutine(async (x: number, y: number) => {
  console.log(`Compute ${x} + ${y} ...`);
  await asyncio.sleep(1.0);
  return x + y;
});

const printSum = asyncio.coroutine(async (x: number, y: number) => {
  const result = await compute(x, y);
  console.log(`${x} + ${y} = ${result}`);
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(printSum(1, 2));
loop.close();
