// "Asynchronous Programming with Coroutines", "… based on Async and Await": the whole program. Native coroutines.
import * as asyncio from "asyncio-ts";

const returnit = asyncio.coroutine(async (value: string) => {
  console.log(`returning ${value}`);

  // complete this coroutine with a return value
  return value;
});

const coroA1 = returnit("a1-val");
const coroA2 = returnit("a2-val");

const waitforit = asyncio.coroutine(async () => {
  console.log("running waitforit..");

  console.log("awaiting nested1..");
  await returnit("nested1");

  console.log("awaiting nested2..");
  await returnit("nested2");

  // and complete this coroutine with no return value
});

const runit = asyncio.coroutine(async () => {
  console.log("running..");

  console.log("awaiting a1..");
  await coroA1;

  console.log("awaiting a2..");
  await coroA2;

  console.log("awaiting waitforit..");
  await waitforit();

  console.log("done");
});

console.log("starting");
const coroMain = runit();
await asyncio.run(coroMain);
console.log("stopping");
