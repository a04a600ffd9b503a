// Fact 30: a task that awaits a future of another loop gets a RuntimeError.
import type { CoroutineGenerator } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const other = new TestLoop();
  const future = other.createFuture<string>();
  try {
    yield* future;
  } catch (error) {
    print(kind(error), (error as Error).message.endsWith("attached to a different loop"));
  }
  print(future.done(), future.getLoop() === other);
  future.setResult("done futures do not suspend");
  print(yield* future);
  other.close();
}

export async function native(print: Print): Promise<void> {
  const other = new TestLoop();
  const future = other.createFuture<string>();
  try {
    await future;
  } catch (error) {
    print(kind(error), (error as Error).message.endsWith("attached to a different loop"));
  }
  print(future.done(), future.getLoop() === other);
  future.setResult("done futures do not suspend");
  print(await future);
  other.close();
}
