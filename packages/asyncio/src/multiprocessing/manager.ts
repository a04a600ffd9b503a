import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { asking } from "./ask.ts";
import { MANAGER } from "./manager-home.ts";
import type { Ref } from "./messages.ts";
import { Process } from "./process.ts";
import type {
  DictProxy,
  EventProxy,
  ListProxy,
  LockProxy,
  NamespaceProxy,
  SemaphoreProxy,
  ValueProxy,
} from "./proxies.ts";
import type { JoinableQueue, Queue } from "./queue.ts";

let count = 0;

/**
 * A process that keeps objects for others: what it gives can be passed to any process, and each of them sees what the
 * others have changed. A method of such an object takes a message there and back, and none sees the half of another.
 * The process ends with `shutdown`, with `await using`, and with this process. multiprocessing: `Manager`.
 *
 * Nothing of it lasts: when the manager is killed, everybody who uses its objects gets `ProcessDiedError`.
 */
export class Manager {
  private readonly process: Process;

  constructor() {
    this.process = new Process(null as never);
    this.process.name = `SyncManager-${++count}`;
    this.process.daemon = true;
    this.process.start();
  }

  /** The id of its process. */
  get pid(): number | null {
    return this.process.pid;
  }

  dict<K = string, V = unknown>(entries: Iterable<readonly [K, V]> = []): Coroutine<DictProxy<K, V>> {
    return this.make("dict", [...entries]);
  }
  list<T = unknown>(items: Iterable<T> = []): Coroutine<ListProxy<T>> {
    return this.make("list", [...items]);
  }
  value<T>(initial: T): Coroutine<ValueProxy<T>> {
    return this.make("value", initial);
  }
  namespace<N extends object = Record<string, unknown>>(initial?: Partial<N>): Coroutine<NamespaceProxy<N>> {
    return this.make("namespace", Object.entries(initial ?? {}));
  }
  lock(): Coroutine<LockProxy> {
    return this.make("lock");
  }
  /** Throws `RangeError` for less than 0 permits. */
  semaphore(permits: number = 1): Coroutine<SemaphoreProxy> {
    return this.make("semaphore", checked(permits));
  }
  boundedSemaphore(permits: number = 1): Coroutine<SemaphoreProxy> {
    return this.make("boundedSemaphore", checked(permits));
  }
  event(): Coroutine<EventProxy> {
    return this.make("event");
  }
  /** A queue that is kept by the manager, and not by the process that makes it. */
  queue<T = unknown>(maxsize: number = 0): Coroutine<Queue<T>> {
    return this.make("queue", maxsize);
  }
  joinableQueue<T = unknown>(maxsize: number = 0): Coroutine<JoinableQueue<T>> {
    return this.make("joinableQueue", maxsize);
  }

  private make<T>(method: string, ...args: unknown[]): Coroutine<T> {
    const ref: Ref = { node: this.process._node, id: MANAGER, type: "Manager", details: null };
    return asking(() => ref, method, args);
  }

  /** Ends the process, and waits for it. */
  shutdown(): Coroutine<void> {
    return new FunctionCoroutine(shutdownDefinition, this, []);
  }

  /** @internal */
  *_shutdown(): CoroutineGenerator<void> {
    this.process.terminate();
    yield* this.process.join();
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    return this.shutdown();
  }

  toString(): string {
    return `<Manager pid=${this.pid}>`;
  }
}

function checked(permits: number): number {
  if (!(permits >= 0)) throw new RangeError("Semaphore initial value must be >= 0");
  return permits;
}

const shutdownDefinition = define(Manager.prototype._shutdown as never, "shutdown");
