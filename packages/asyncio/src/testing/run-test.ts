import { run } from "../structured/runner.ts";
import type { CoroutineLike } from "../tasks/coroutine-like.ts";
import { TestLoop, type TestLoopOptions } from "./test-loop.ts";

/** Runs a test's body on a `TestLoop`: virtual time, deadlock detection, with a `seed` a shuffled order. */
export function runTest<T>(body: CoroutineLike<T>, options: TestLoopOptions = {}): Promise<T> {
  return run(body, { loopFactory: () => new TestLoop(options), handleSignals: false });
}
