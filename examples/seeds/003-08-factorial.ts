// "Concurrency" (lecture notes), 11.4.5 "Parallel execution of tasks". Native coroutines.
// The line with gather() and the last line are lost; they are those of Python's documentation.
import * as asyncio from "asyncio-ts";

const factorial = asyncio.coroutine(async (name: string, number: number) => {
  let f = 1;
  for (let i = 2; i <= number; i++) {
    console.log(`Task ${name}: Compute factorial(${i})...`);
    await asyncio.sleep(1);
    f *= i;
  }
  console.log(`Task ${name}: factorial(${number}) = ${f}`);
});

const loop = asyncio.getEventLoop();
await loop.runUntilComplete(asyncio.gather(factorial("A", 2), factorial("B", 3), factorial("C", 4)));
loop.close();
