// "Python asyncio guide (part 1/2)", "Scheduling things". Callbacks.
// Repaired: `loop.run_forever` lacks its parentheses. A method of the loop is handed over in an arrow function.
import * as asyncio from "asyncio-ts";

const loop = asyncio.getEventLoop();

function hello(): void {
  console.log("hello");
  loop.callLater(1, hello); // call me again in one second
}

hello();

loop.callLater(2.5, () => loop.stop());

console.log("starting event loop");
await loop.runForever();
loop.stop();
console.log("loop stopped");
