import { OutsideFuture } from "../interop/outside-future.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { gaiErrorKind, makeGaiError } from "./gai-error.ts";
import { nodeDns } from "./node-dns.ts";
import { OperationQueue } from "./operation-queue.ts";
import type { LookupAnswer, LookupQuery, Resolver } from "./resolver.ts";
import { AF_INET, AF_INET6 } from "./socket-constants.ts";

/** Of the four threads that a runtime has for files, lookups and more. */
const DEFAULT_LIMIT = 2;

export interface SystemResolverOptions {
  /** So many lookups at once, each of which occupies a thread; default 2. The others wait. */
  readonly limit?: number;
}

/**
 * The operating system's resolver, `getaddrinfo` and `getnameinfo`: it knows all that the machine is configured for
 * (multicast DNS, LDAP, a VPN's own servers). Each call occupies one of the runtime's few threads until it has ended: a
 * cancelled task stops waiting, but the call goes on.
 */
export class SystemResolver implements Resolver {
  private readonly queue: OperationQueue;

  constructor(options: SystemResolverOptions = {}) {
    const { limit = DEFAULT_LIMIT } = options;
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit must be a positive integer");
    this.queue = new OperationQueue(limit);
  }

  lookup(name: string, query: LookupQuery): Coroutine<LookupAnswer> {
    return new FunctionCoroutine(lookupDefinition, undefined, [this.queue, name, query]);
  }

  reverse(address: string): Coroutine<string> {
    return new FunctionCoroutine(reverseDefinition, undefined, [this.queue, address]);
  }
}

function* lookupBody(queue: OperationQueue, name: string, query: LookupQuery): CoroutineGenerator<LookupAnswer> {
  const family = query.family === AF_INET ? 4 : query.family === AF_INET6 ? 6 : 0;
  const found = yield* operation<readonly { readonly address: string }[]>(queue, (done) =>
    nodeDns().lookup(name, { all: true, family, hints: 0, verbatim: true }, done),
  );
  return { addresses: found.map(({ address }) => address), canonicalName: query.canonicalName ? name : undefined };
}

function* reverseBody(queue: OperationQueue, address: string): CoroutineGenerator<string> {
  const name = yield* operation<string>(queue, (done) => nodeDns().lookupService(address, 0, done));
  // The system gives the address itself when it has no name.
  if (name === address) throw makeGaiError("EAI_NONAME", { syscall: "getnameinfo" });
  return name;
}

function* operation<T>(
  queue: OperationQueue,
  start: (done: (error: Error | null, value: T) => void) => void,
): CoroutineGenerator<T> {
  const future = new OutsideFuture<T>({ loop: getRunningLoop() });
  const withdraw = queue.add((ended) => {
    const done = (error: Error | null, value?: T): void => {
      ended();
      if (future.done()) return;
      if (error) future.setException(asGaiError(error));
      else future.setResult(value as T);
    };
    try {
      start(done);
    } catch (error) {
      done(error as Error);
    }
  });
  try {
    return yield* future;
  } finally {
    withdraw();
  }
}

/** The error as Python words it; one that is none of the resolver's is left as it is. */
export function asGaiError(error: unknown, syscall: string = "getaddrinfo"): unknown {
  const kind = gaiErrorKind(error);
  return kind === null ? error : makeGaiError(kind, { cause: error, syscall });
}

const lookupDefinition = define(lookupBody as never, "lookup");
const reverseDefinition = define(reverseBody as never, "reverse");
