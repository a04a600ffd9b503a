// "Python Concurrency (v)", asyncio.shield: "prevent an awaitable object from being cancelled". Native coroutines.
// The document names it without a program; this one is ours.
import * as asyncio from "asyncio-ts";

const save = asyncio.coroutine(async () => {
  await asyncio.sleep(2);
  console.log("saved");
  return "receipt";
});

const main = asyncio.coroutine(async () => {
  const saving = asyncio.createTask(save());
  try {
    await asyncio.waitFor(asyncio.shield(saving), 1);
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error;
    console.log("no longer waiting; cancelled:", saving.cancelled());
  }
  console.log(await saving);
});

await asyncio.run(main());
