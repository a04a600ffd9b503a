// "Python Concurrency (v)", "A Future is an object …": what `run_until_complete` does with what it is given. Native.
// The document tells it in prose (iscoroutine, isfuture, ensure_future, create_task); the program is ours.
import * as asyncio from "asyncio-ts";

const entry = asyncio.coroutine(async () => "entry point");

const loop = asyncio.getEventLoop();
const coro = entry();
console.log("a coroutine:", asyncio.isCoroutine(coro), "a future:", asyncio.isFuture(coro));

const future = asyncio.ensureFuture(coro);
console.log("a coroutine:", asyncio.isCoroutine(future), "a future:", asyncio.isFuture(future));
console.log("a future stays what it is:", asyncio.ensureFuture(future) === future);

console.log(await loop.runUntilComplete(future));
loop.close();
