import { coroutine, gather, run, sleep } from "asyncio-ts";
import { ThreadPoolExecutor } from "asyncio-ts/concurrent";

const pool = new ThreadPoolExecutor();
const load = async (name) => name;

const work = coroutine(async () => {
  await sleep(1500); // no-millisecond-delay
  await sleep("1h").catch(console.error); // no-swallowed-cancelled-error
});

await run(async () => {
  work(); // no-floating-coroutine
  await gather(work(), load("a")); // no-async-call-in-gather
  pool.submit(() => 5); // no-closure-for-executor
});
