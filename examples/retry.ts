// Retries with a growing pause, each attempt under its own timeout and the whole under another.
import * as asyncio from "asyncio-ts";

let calls = 0;

/** A service that hangs at first, then fails twice, then answers. */
const fetchGreeting = asyncio.coroutine(async () => {
  calls += 1;
  if (calls === 1) {
    await asyncio.sleep("1h");
  }
  await asyncio.sleep(0.1);
  if (calls < 4) {
    throw new Error("service unavailable");
  }
  return "Hello from the service";
});

async function retry<T>(attempt: () => asyncio.Coroutine<T>, attempts: number): Promise<T> {
  let pause = 0.2;
  for (let n = 1; ; n++) {
    try {
      return await asyncio.timeout(0.5, attempt);
    } catch (error) {
      // A cancelled task must not go on retrying.
      if (asyncio.isCancelled(error) || n === attempts) throw error;
      console.log(
        `attempt ${n}: ${error instanceof asyncio.TimeoutError ? "took too long" : (error as Error).message}`,
      );
    }
    await asyncio.sleep(pause);
    pause *= 2;
  }
}

await asyncio.run(async () => {
  console.log(await asyncio.timeout("10s", () => retry(fetchGreeting, 5)));
});
