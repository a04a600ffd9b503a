import { OSError } from "../loop/os-error.ts";
import { repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import { ExceptionGroup } from "../structured/exception-group.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { connectSocket } from "./connect-socket.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import { type AddressInfo, resolve } from "./resolve.ts";
import { SocketTransport, type SocketTransportOptions } from "./socket-transport.ts";
import type { Transport } from "./transport.ts";

export interface ConnectionOptions {
  /** Only addresses of this family (`AF_INET`, `AF_INET6`); default: any. */
  readonly family?: number | undefined;
  readonly proto?: number | undefined;
  readonly flags?: number | undefined;
  /** Throws all errors as an `ExceptionGroup`, instead of one that tells them. */
  readonly allErrors?: boolean | undefined;
}

export function createConnection<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  host: string | null,
  port: number | string | null,
  options: ConnectionOptions,
): Coroutine<[transport: Transport, protocol: P]> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, host, port, options]);
}

function* createConnectionBody<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  host: string | null,
  port: number | string | null,
  options: ConnectionOptions,
): CoroutineGenerator<[Transport, P]> {
  const infos = yield* resolve(loop, host, port, options);
  const errors: unknown[] = [];
  for (const info of infos) {
    let socket: NodeSocket;
    try {
      socket = yield* connectTo(loop, info);
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      errors.push(error);
      continue;
    }
    return yield* makeTransport(loop, socket, factory);
  }
  throw allFailed(errors, options.allErrors === true);
}

function* connectTo(loop: EventLoop, info: AddressInfo): CoroutineGenerator<NodeSocket> {
  const [, , , , address] = info;
  const [host, port] = address;
  return yield* connectSocket(loop, { host, port }, (error) =>
    systemError(error, `Connect call failed ${describeAddress(address)}`),
  );
}

/** An address as Python prints it. */
export function describeAddress(address: readonly (string | number)[]): string {
  return `(${address.map(repr).join(", ")})`;
}

function allFailed(errors: unknown[], all: boolean): unknown {
  if (all) return new ExceptionGroup("createConnection failed", errors);
  const messages = errors.map((error) => (error as Error).message);
  if (messages.every((message) => message === messages[0])) return errors[0];
  return new OSError(`Multiple exceptions: ${messages.join(", ")}`);
}

/**
 * A transport over a connected socket, and its protocol, once `connectionMade` has been called. Cancelled, it closes the
 * transport.
 */
export function* makeTransport<P extends BaseProtocol>(
  loop: EventLoop,
  socket: NodeSocket,
  factory: () => P,
  options: SocketTransportOptions = {},
): CoroutineGenerator<[Transport, P]> {
  let protocol: P;
  try {
    protocol = factory();
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const made = new PrivateFuture<void>({ loop });
  const onMade = (): void => {
    if (!made.done()) made.setResult();
  };
  const transport = new SocketTransport(loop, socket, protocol, { ...options, onMade });
  try {
    yield* made;
  } catch (error) {
    transport.close();
    throw error;
  }
  return [transport, protocol];
}

const definition = define(createConnectionBody as never, "createConnection");
