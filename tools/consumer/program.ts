import { coroutine, gather, run, sleep } from "asyncio-ts";

const native = coroutine(async (name: string) => {
  await sleep("1ms");
  return `hello ${name}`;
});

const generator = coroutine(function* (name: string) {
  yield* sleep(0.001);
  return `hi ${name}`;
});

async function main(): Promise<void> {
  const [first, second] = await gather(native("native"), generator("generator"));
  const both: string = `${first}, ${second}`;
  console.log(both);
}

run(main).then(() => console.log("done"));
