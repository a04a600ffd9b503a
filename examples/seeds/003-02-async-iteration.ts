// "Concurrency" (lecture notes), 11.3.1 "Protocol": __aiter__ and __anext__ → Symbol.asyncIterator. Native coroutine.
// The body of readline() is lost in the notes, and nobody uses the class; both are ours.
import * as asyncio from "asyncio-ts";

class Reader {
  #lines = ["first line\n", "second line\n"];

  readline = asyncio.coroutine(async () => {
    await asyncio.sleep(1);
    return this.#lines.shift() ?? "";
  });

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    const val = await this.readline();
    if (val === "") {
      return { done: true, value: undefined };
    }
    return { done: false, value: val };
  }
}

const main = asyncio.coroutine(async () => {
  for await (const line of new Reader()) {
    console.log(line.trimEnd());
  }
  console.log("end of file");
});

await asyncio.run(main());
