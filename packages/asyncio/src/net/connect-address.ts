import type { Delay } from "../loop/delay.ts";
import { TimeoutError } from "../loop/errors.ts";
import { OSError } from "../loop/os-error.ts";
import { repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import { ExceptionGroup } from "../structured/exception-group.ts";
import { staggeredRace } from "../structured/staggered-race.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { connectSocket } from "./connect-socket.ts";
import type { AddressInfo } from "./get-addr-info.ts";
import { hostWithScope } from "./ip-address.ts";
import type { NodeSocket } from "./node.ts";

/** Errors that `connect` has at once, without asking the network; they keep the system's text, as in Python. */
const AT_ONCE: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "EADDRNOTAVAIL", "EINVAL", "ENETUNREACH"]);

/** A connection to one of several addresses. */
export class AddressConnector {
  private readonly loop: EventLoop;
  private readonly infos: readonly AddressInfo[];
  private readonly localInfos: readonly AddressInfo[] | null;
  /** Of each address, in the order of their trial. */
  private readonly errors: unknown[][] = [];

  constructor(loop: EventLoop, infos: readonly AddressInfo[], localInfos: readonly AddressInfo[] | null) {
    this.loop = loop;
    this.infos = infos;
    this.localInfos = localInfos;
  }

  /** Tries the addresses in order. Throws what all of them failed with. */
  *connectInTurn(allErrors: boolean): CoroutineGenerator<NodeSocket> {
    for (const info of this.infos) {
      try {
        return yield* this.tryAddress(info);
      } catch (error) {
        if (!this.isNoted(error)) throw error;
      }
    }
    throw this.failure(allErrors);
  }

  /** Happy Eyeballs: does not wait for an address for longer than `delay`, before it tries the next one besides. */
  *connectStaggered(delay: Delay, allErrors: boolean): CoroutineGenerator<NodeSocket> {
    const starters = this.infos.map((info) => () => this.tryAddress(info));
    const discard = (socket: NodeSocket): void => void socket.destroy();
    const [socket, , errors] = yield* staggeredRace(starters, delay, { discard });
    if (socket !== null) return socket;
    const foreign = errors.find((error) => !this.isNoted(error));
    throw foreign ?? this.failure(allErrors);
  }

  private isNoted(error: unknown): boolean {
    return this.errors.some((each) => each.includes(error));
  }

  private *tryAddress(info: AddressInfo): CoroutineGenerator<NodeSocket> {
    const errors: unknown[] = [];
    this.errors.push(errors);
    try {
      if (this.localInfos === null) return yield* connectFrom(this.loop, info, null);
      return yield* this.tryLocalAddresses(info, this.localInfos, errors);
    } catch (error) {
      if (error instanceof OSError) errors.push(error);
      throw error;
    }
  }

  private *tryLocalAddresses(
    info: AddressInfo,
    localInfos: readonly AddressInfo[],
    errors: unknown[],
  ): CoroutineGenerator<NodeSocket> {
    const [family] = info;
    for (const local of localInfos) {
      if (local[0] !== family) continue;
      try {
        return yield* connectFrom(this.loop, info, local);
      } catch (error) {
        if (!(error instanceof BindError)) throw error;
        errors.push(error.failure);
      }
    }
    throw errors.pop() ?? new OSError(`no matching local address with family=${family} found`);
  }

  private failure(allErrors: boolean): unknown {
    const errors = this.errors.flat();
    if (allErrors && errors.length > 0) return new ExceptionGroup("createConnection failed", errors);
    if (errors.length === 0) return new TimeoutError("createConnection failed");
    const messages = errors.map((error) => (error as Error).message);
    if (messages.every((message) => message === messages[0])) return errors[0];
    return new OSError(`Multiple exceptions: ${messages.join(", ")}`);
  }
}

/** The local address could not be had, so that the next one may be tried; never leaves this file. */
class BindError extends Error {
  readonly failure: unknown;

  constructor(failure: unknown) {
    super();
    this.failure = failure;
  }
}

function connectFrom(loop: EventLoop, info: AddressInfo, local: AddressInfo | null): CoroutineGenerator<NodeSocket> {
  const [family, , , , address] = info;
  const options = {
    host: hostWithScope(address),
    port: address[1],
    family: family === 2 ? 4 : 6,
    noDelay: true,
    ...(local !== null && { localAddress: hostWithScope(local[4]), localPort: local[4][1] }),
  };
  return connectSocket(loop, options, (error) => {
    const { syscall, code } = error as { readonly syscall?: string; readonly code?: string };
    // Bun does not tell which call it was.
    const unbound = syscall === "bind" || code === "EADDRNOTAVAIL" || code === "EADDRINUSE";
    if (local !== null && unbound) return new BindError(bindFailure(error, local[4]));
    return connectFailure(error, address);
  });
}

/** asyncio's error for an address that cannot be connected to. */
export function connectFailure(error: unknown, address: readonly (string | number)[]): unknown {
  const { code } = error as { readonly code?: unknown };
  return AT_ONCE.has(code) ? systemError(error) : systemError(error, `Connect call failed ${describe(address)}`);
}

/** asyncio's error for a local address that cannot be bound to. */
export function bindFailure(error: unknown, address: readonly (string | number)[]): unknown {
  const cause = systemError(error) as Error;
  const text = `error while attempting to bind on address ${describe(address)}: ${cause.message.toLowerCase()}`;
  return systemError(error, text);
}

/** An address as Python prints it. */
export function describe(address: readonly (string | number)[]): string {
  return `(${address.map(repr).join(", ")})`;
}

/** Takes turns between the families, after the first `count` − 1 addresses of the first one. */
export function interleave(infos: readonly AddressInfo[], count: number): AddressInfo[] {
  const families = new Map<number, AddressInfo[]>();
  for (const info of infos) {
    const [family] = info;
    const list = families.get(family);
    if (list === undefined) families.set(family, [info]);
    else list.push(info);
  }
  const lists = [...families.values()];
  const ordered = count > 1 && lists[0] !== undefined ? lists[0].splice(0, count - 1) : [];
  for (let i = 0; lists.some((list) => i < list.length); i++) {
    for (const list of lists) if (i < list.length) ordered.push(list[i]!);
  }
  return ordered;
}
