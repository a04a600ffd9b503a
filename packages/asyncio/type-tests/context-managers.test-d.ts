// What users infer from context managers, iteration and the interop with the rest of JavaScript.

import { EventEmitter } from "node:events";
import { Socket } from "node:net";
import {
  AsyncExitStack,
  AwaitableBase,
  asyncContextManager,
  asyncWith,
  type Coroutine,
  type CoroutineGenerator,
  createTask,
  each,
  events,
  fromCallback,
  fromEvent,
  type GeneratorContextManager,
  provide,
  sleep,
  type TaskGroup,
  taskGroup,
  wrapPromise,
} from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;

// asyncWith: a manager that may swallow errors makes the result optional
const swallows = { aenter: async () => 1, aexit: async (_error?: unknown): Promise<boolean> => true };
const w1 = asyncWith(swallows, async (n) => n.toFixed());
is<Equal<typeof w1, Coroutine<string | undefined>>>();
const w2 = asyncWith({ aenter: async () => 1, aexit: async () => {} }, function* (n) {
  return yield* sleep(1, n);
});
is<Equal<typeof w2, Coroutine<number>>>();
class Generators {
  *aenter(): CoroutineGenerator<string> {
    return yield* sleep(1, "a");
  }
  *aexit(error?: unknown): CoroutineGenerator<boolean | void> {
    yield* sleep(1);
    void error;
  }
}
const w3 = asyncWith(new Generators(), async (text) => text);
is<Equal<typeof w3, Coroutine<string>>>();
declare const disposable: AsyncDisposable & { readonly port: number };
const w4 = asyncWith(disposable, async ({ port }) => port);
is<Equal<typeof w4, Coroutine<number>>>();
// @ts-expect-error no manager
asyncWith(5, async () => {});
// @ts-expect-error a promise is already running
asyncWith(swallows, Promise.resolve());

// asyncContextManager
const native = asyncContextManager(async function* (port: number) {
  yield port.toFixed();
});
is<Equal<typeof native, (port: number) => GeneratorContextManager<string>>>();
const generator = asyncContextManager(function* (port: number) {
  yield* sleep(1);
  return yield* provide(port.toFixed());
});
is<Equal<typeof generator, (port: number) => GeneratorContextManager<string>>>();
const annotated = asyncContextManager(function* (): CoroutineGenerator<number | void> {
  yield* provide(1);
});
is<Equal<typeof annotated, () => GeneratorContextManager<number>>>();
const nested = asyncContextManager(function* () {
  return yield* taskGroup(function* (group) {
    return yield* provide(group);
  });
});
is<Equal<typeof nested, () => GeneratorContextManager<TaskGroup>>>();
const w5 = asyncWith(native(1), async (text) => text.length);
is<Equal<typeof w5, Coroutine<number>>>();

// AsyncExitStack
const stack = new AsyncExitStack();
const e1 = stack.enterContext(native(1));
is<Equal<typeof e1, Coroutine<string>>>();
const e2 = stack.enterContext(disposable);
is<Equal<typeof e2, Coroutine<typeof disposable>>>();
stack.callback((a: number, b: string) => b.repeat(a), 1, "x");
// @ts-expect-error the callback takes a number
stack.callback((a: number) => a, "x");
stack.pushAsyncCallback(async (a: number) => a, 1);

// each
async function* numbers() {
  yield 1;
}
createTask(
  each(numbers(), function* (n) {
    is<Equal<typeof n, number>>();
    yield* sleep(n);
    return n > 1 ? each.stop : undefined;
  }),
);
createTask(
  each([Promise.resolve("a")], async (text) => {
    is<Equal<typeof text, string>>();
    if (text === "a") return each.stop;
    return;
  }),
);
// @ts-expect-error nothing else ends it
each([1], async () => "stop");

// AwaitableBase
class Job extends AwaitableBase<string> {
  protected *awaitSteps(): CoroutineGenerator<string> {
    return yield* sleep(1, "x");
  }
}
is<Equal<Awaited<Job>, string>>();
createTask(function* () {
  const x = yield* new Job();
  is<Equal<typeof x, string>>();
});

// interop
const p1 = wrapPromise(async (signal) => signal.aborted);
is<Equal<typeof p1, Coroutine<boolean>>>();
const c1 = fromCallback<number>((callback) => callback(null, 1));
is<Equal<typeof c1, Coroutine<number>>>();
const f1 = fromEvent(new EventEmitter(), "x");
is<Equal<typeof f1, Coroutine<unknown[]>>>();
const f2 = fromEvent<[Buffer]>(new Socket(), "data");
is<Equal<typeof f2, Coroutine<[Buffer]>>>();
const f3 = fromEvent(new EventTarget(), "x");
is<Equal<typeof f3, Coroutine<[Event]>>>();
async function iterate(): Promise<void> {
  for await (const [event] of events(new EventTarget(), "x")) {
    is<Equal<typeof event, Event>>();
  }
}
void iterate;
