import { describe, expect, it } from "vitest";
import { TestEmitter } from "../../../../tests/support/test-emitter.ts";
import {
  AsyncExitStack,
  asyncContextManager,
  asyncWith,
  createTask,
  each,
  events,
  fromCallback,
  fromEvent,
  getRunningLoop,
  provide,
  sleep,
  wrapPromise,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** What is open, of every kind; nothing must be left, wherever a program was cancelled. */
class Books {
  readonly open: Set<string> = new Set();
  readonly emitter: TestEmitter = new TestEmitter();
  private last = 0;

  acquire(name: string): string {
    const key = `${name} ${++this.last}`;
    this.open.add(key);
    return key;
  }

  release(key: string): void {
    if (!this.open.delete(key)) throw new Error(`${key} released twice`);
  }
}

const native = asyncContextManager(async function* (books: Books) {
  await sleep(0);
  const key = books.acquire("native");
  try {
    await sleep(0);
    yield key;
    await sleep(0);
  } finally {
    try {
      await sleep(0);
    } finally {
      books.release(key);
    }
  }
});

const generator = asyncContextManager(function* (books: Books) {
  yield* sleep(0);
  const key = books.acquire("generator");
  try {
    return yield* asyncWith(native(books), function* () {
      yield* sleep(0);
      return yield* provide(key);
    });
  } finally {
    books.release(key);
  }
});

class Resource {
  private readonly books: Books;
  private key: string = "";
  constructor(books: Books) {
    this.books = books;
  }
  *aenter() {
    // Acquired at the end of a wait, so that nothing can come in between.
    yield* sleep(0);
    this.key = this.books.acquire("resource");
  }
  async aexit(): Promise<void> {
    this.books.release(this.key);
    await sleep(0);
  }
}

/** Calls back after some iterations of the loop; time does not pass here, so that every iteration has its number. */
function inTurns(turns: number, callback: () => void): { cancel(): void } {
  const loop = getRunningLoop();
  let left = turns;
  const turn = (): void => {
    if (left-- > 0) loop.callSoon(turn);
    else if (left > Number.NEGATIVE_INFINITY) callback();
  };
  turn();
  return {
    cancel: () => {
      left = Number.NEGATIVE_INFINITY;
    },
  };
}

/** A promise for something that has to be released, which knows its signal. */
const connect = (books: Books) =>
  wrapPromise(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        const turns = inTurns(3, () => resolve(books.acquire("connection")));
        signal.addEventListener("abort", () => {
          turns.cancel();
          inTurns(2, () => reject(signal.reason));
        });
      }),
  );

async function* items(books: Books) {
  const key = books.acquire("items");
  try {
    for (let i = 0; i < 3; i++) {
      await sleep(0);
      yield i;
    }
  } finally {
    books.release(key);
  }
}

const programs: Record<string, (books: Books) => () => PromiseLike<void> | ReturnType<typeof inGenerator>> = {
  generator: (books) => () => inGenerator(books),
  native: (books) => () => inNative(books),
};

function* inGenerator(books: Books) {
  yield* asyncWith(generator(books), function* () {
    yield* each(items(books), function* (i) {
      yield* asyncWith(new Resource(books), function* () {
        yield* fromEvent(books.emitter, "event");
      });
      return i === 1 ? each.stop : undefined;
    });
    yield* asyncWith(new AsyncExitStack(), function* (stack) {
      yield* stack.enterContext(native(books));
      const key = yield* connect(books);
      stack.callback(() => books.release(key));
      yield* stack.enterContext(new Resource(books));
    });
    yield* each(events(books.emitter, "event"), () => sleep(0, each.stop));
    yield* fromCallback((callback) => {
      const key = books.acquire("callback");
      const turns = inTurns(2, callback);
      return () => {
        turns.cancel();
        books.release(key);
      };
    });
  });
}

async function inNative(books: Books): Promise<void> {
  await asyncWith(generator(books), async () => {
    for await (const i of items(books)) {
      await asyncWith(new Resource(books), async () => {
        await fromEvent(books.emitter, "event");
      });
      if (i === 1) break;
    }
    await asyncWith(new AsyncExitStack(), async (stack) => {
      await stack.enterContext(native(books));
      const key = await connect(books);
      stack.callback(() => books.release(key));
      await stack.enterContext(new Resource(books));
    });
    for await (const _ of events(books.emitter, "event")) break;
    await fromCallback((callback) => {
      const key = books.acquire("callback");
      const turns = inTurns(2, callback);
      return () => {
        turns.cancel();
        books.release(key);
      };
    });
  });
}

/** Runs the program and cancels it in its iteration `at`, and again some later; gives how many it took. */
async function cancelledAt(start: (books: Books) => () => unknown, at: number, again: number): Promise<number> {
  return await runTest(async () => {
    const books = new Books();
    const reports: string[] = [];
    getRunningLoop().setExceptionHandler((_, { message }) => void reports.push(message));
    const task = createTask(start(books) as () => PromiseLike<void>);
    let now = 0;
    while (!task.done()) {
      if (now === at || (again > 0 && now === at + again)) task.cancel();
      if (now % 3 === 0) books.emitter.emit("event", now);
      now++;
      await sleep(0);
    }
    for (let i = 0; i < 10; i++) await sleep(0); // What was let go of comes to its end.
    expect([at, again, [...books.open], books.emitter.count()]).toEqual([at, again, [], 0]);
    // Cancelled twice, the connection is let go of, and says so.
    expect(reports.filter((message) => !message.startsWith("wrapPromise(): ") || again === 0)).toEqual([]);
    expect(task.cancelled() || now <= at).toBe(true);
    return now;
  });
}

describe.each(Object.keys(programs))("a %s program that is cancelled anywhere", (kind) => {
  it("leaves nothing open, in whichever iteration, once or twice", async () => {
    const length = await cancelledAt(programs[kind]!, Number.POSITIVE_INFINITY, 0);
    expect(length).toBeGreaterThan(30);
    for (const again of [0, 1, 2]) for (let at = 0; at < length; at++) await cancelledAt(programs[kind]!, at, again);
  });
});
