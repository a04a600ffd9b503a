import { setDefaultLoopFactory, setEventLoop } from "../tasks/default-loop.ts";
import { TestLoop, type TestLoopOptions } from "./test-loop.ts";

/**
 * From now on `run`, `newEventLoop` and `getEventLoop` make test loops: programs that make their own loop run on virtual
 * time, unchanged. `restore()` ends it.
 */
export function useVirtualTime(options: TestLoopOptions = {}): { restore(): void; [Symbol.dispose](): void } {
  const before = setDefaultLoopFactory(() => new TestLoop(options));
  setEventLoop(null);
  const restore = (): void => {
    setDefaultLoopFactory(before);
    setEventLoop(null);
  };
  return { restore, [Symbol.dispose]: restore };
}
