// "Asynchronous Programming" (slides), a factorial in a pool of processes. Native coroutines.
// Repaired: names with three underscores. The function lives in a module that processes can load.
import * as asyncio from "asyncio-ts";
import { type Executor, ProcessPoolExecutor, workerModule } from "asyncio-ts/concurrent";

const { factorial } = workerModule<typeof import("./jobs/blocking.ts")>(new URL("./jobs/blocking.ts", import.meta.url));

const main = asyncio.coroutine(async (loop: asyncio.EventLoop, executor: Executor, n: bigint) => {
  const nFactorial = await loop.runInExecutor(executor, factorial, n);
  console.log(`The factorial of ${n} is ${nFactorial}`);
});

const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
const loop = asyncio.getEventLoop();
const n = 25n;
try {
  await loop.runUntilComplete(main(loop, executor, n));
} finally {
  loop.close();
  await executor.shutdown();
}
