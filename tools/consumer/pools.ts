import { run } from "asyncio-ts";
import { inline, ProcessPoolExecutor, ThreadPoolExecutor, workerModule } from "asyncio-ts/concurrent";
import { Process, Queue } from "asyncio-ts/multiprocessing";
import { Lock } from "asyncio-ts/threading";

const jobs = workerModule<{ greet(kind: string): string; say(queue: Queue<string>): Promise<void> }>(
  new URL("./jobs.js", import.meta.url),
);

await run(async () => {
  const threads = new ThreadPoolExecutor({ maxWorkers: 1 });
  const processes = new ProcessPoolExecutor({ maxWorkers: 1 });
  const native: string = await threads.submit(jobs.greet, "native");
  const generator = await processes.submit(
    inline({ hi: "hi" }, ({ hi }, kind: string) => `${hi} ${kind}`),
    "generator",
  );
  console.log(`${native}, ${generator}`);
  await threads.shutdown();
  await processes.shutdown();

  const queue = new Queue<string>();
  const child = new Process(jobs.say, queue);
  child.start();
  const said = await queue.get();
  await child.join();
  const guard = await new Lock().acquireAsync();
  console.log(guard ? said : "");
});
