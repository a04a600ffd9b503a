// "Python Concurrency (v)", create_task: five context switches between two tasks. Native coroutines.
// The document's printed task calls the coroutine hi(); its program calls it sub(), as here.
import * as asyncio from "asyncio-ts";

const sub = asyncio.coroutine(async function sub() {
  await asyncio.sleep(10);
  console.log("Sub task!");
});

const main = asyncio.coroutine(async function main() {
  const subTask = asyncio.createTask(sub());
  // 2. the sub task is pending, as it has not run yet
  console.log(subTask);
  // 3. switch from main to sub: main is busy for 5 seconds
  await asyncio.sleep(5);
  // 4. switch from sub to main: sub is busy for 10 seconds
  console.log("Main task!");
  // 5. switch from main to sub: main is busy for 10 seconds, sub has 5 more to wait and returns its result
  await asyncio.sleep(10);
  console.log(subTask);
});

// 1. event loop with the entry task main registered
await asyncio.run(main());
