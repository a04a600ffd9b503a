// "Python Concurrency (v)", future.add_done_callback, added to the create_task program. Native coroutines.
// The document's program and its output disagree over one exclamation mark; this prints its output.
import * as asyncio from "asyncio-ts";

const sub = asyncio.coroutine(async function sub() {
  await asyncio.sleep(10);
  return "Sub task";
});

function callbackResult(future: asyncio.Future<string>): void {
  console.log(`${future.result()} completed!`);
}

const main = asyncio.coroutine(async function main() {
  const subTask = asyncio.createTask(sub());
  console.log(subTask);
  subTask.addDoneCallback(callbackResult);
  await asyncio.sleep(5);
  console.log("Main task!");
  await asyncio.sleep(10);
  console.log(subTask);
});

await asyncio.run(main());
