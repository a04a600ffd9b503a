const { coroutine, gather, run, sleep } = require("asyncio-ts");

const native = coroutine(async (name) => {
  await sleep("1ms");
  return `hello ${name}`;
});

const generator = coroutine(function* (name) {
  yield* sleep(0.001);
  return `hi ${name}`;
});

run(async () => console.log((await gather(native("native"), generator("generator"))).join(", "))).then(() =>
  console.log("done"),
);
