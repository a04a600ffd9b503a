/// <reference lib="esnext.disposable" preserve="true" />
export { runTest } from "./run-test.ts";
export { TestLoop, type TestLoopOptions } from "./test-loop.ts";
export { useVirtualTime } from "./virtual-time.ts";
