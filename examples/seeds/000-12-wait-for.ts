// "Python Concurrency (v)", asyncio.wait_for: "until the given timeout is reached". Native coroutines.
// hi() sleeps as long as the timeout allows; the timeout was set first, so it wins.
import * as asyncio from "asyncio-ts";

const hi = asyncio.coroutine(async (_n: number) => {
  await asyncio.sleep(10);
});

const main = asyncio.coroutine(async () => {
  try {
    await asyncio.waitFor(hi(2), 10);
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error;
    console.log("timeout exceeded!");
  }
});

await asyncio.run(main());
