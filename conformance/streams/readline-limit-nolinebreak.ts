// asyncio's test_readline_limit_with_existing_data: what has come of a long line is dropped.

import type { CoroutineGenerator } from "asyncio-ts";
import { createTask, StreamReader, sleep } from "asyncio-ts";
import { type Print, show } from "../twin.ts";
import { text } from "./wire.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("li");
  reader.feedData("ne1");
  try {
    yield* reader.readLine();
  } catch (error) {
    print(show(error));
  }
  print(reader.atEof());
  reader.feedData("\nli");
  print(text(yield* reader.readLine()));
  const task = createTask(reader.readLine());
  yield* sleep(0);
  reader.feedData("ne2");
  yield* sleep(0);
  print(show(task.exception()));
  reader.feedData("ne3\n");
  reader.feedEof();
  print(text(yield* reader.read()));
}

export async function native(print: Print): Promise<void> {
  const reader = new StreamReader({ limit: 3 });
  reader.feedData("li");
  reader.feedData("ne1");
  try {
    await reader.readLine();
  } catch (error) {
    print(show(error));
  }
  print(reader.atEof());
  reader.feedData("\nli");
  print(text(await reader.readLine()));
  const task = createTask(reader.readLine());
  await sleep(0);
  reader.feedData("ne2");
  await sleep(0);
  print(show(task.exception()));
  reader.feedData("ne3\n");
  reader.feedEof();
  print(text(await reader.read()));
}
