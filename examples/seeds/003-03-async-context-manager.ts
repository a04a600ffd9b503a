// "Concurrency" (lecture notes), 11.3.1 "Protocol": __aenter__ and __aexit__. Native coroutines.
// log() and the use of the class are ours; try/finally stands for `async with` until asyncWith() comes.
import * as asyncio from "asyncio-ts";

const log = asyncio.coroutine(async (message: string) => {
  await asyncio.sleep(1);
  console.log(message);
});

class AsyncContextManager {
  aenter = asyncio.coroutine(async () => {
    await log("entering context");
  });

  aexit = asyncio.coroutine(async () => {
    await log("exiting context");
  });
}

const main = asyncio.coroutine(async () => {
  const manager = new AsyncContextManager();
  await manager.aenter();
  try {
    console.log("inside");
  } finally {
    await manager.aexit();
  }
});

await asyncio.run(main());
