// "Asynchronous Programming" (slides), blocking functions in a pool of threads. Native coroutines.
// Repaired: indentation, the list's closing bracket, underscores. The function lives in a module that threads can load.
import * as asyncio from "asyncio-ts";
import { type Executor, ThreadPoolExecutor, workerModule } from "asyncio-ts/concurrent";

const { blockingFunc } = workerModule<typeof import("./jobs/blocking.ts")>(
  new URL("./jobs/blocking.ts", import.meta.url),
);

const main = asyncio.coroutine(async (loop: asyncio.EventLoop, executor: Executor) => {
  console.log("creating executor tasks");
  const blockingTasks = Array.from({ length: 6 }, (_, i) => loop.runInExecutor(executor, blockingFunc, i));
  console.log("waiting for tasks to complete");
  const results = await asyncio.gather(...blockingTasks);
  console.log("results:", results);
});

const executor = new ThreadPoolExecutor({ maxWorkers: 3 });
const loop = asyncio.getEventLoop();
try {
  await loop.runUntilComplete(main(loop, executor));
} finally {
  loop.close();
  await executor.shutdown();
}
