import { OSError } from "../loop/os-error.ts";
import { systemError } from "../loop/system-errors.ts";
import { sleep } from "../structured/sleep.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { describeAddress } from "./create-connection.ts";
import { type Listener, listen } from "./listener.ts";
import type { BaseProtocol } from "./protocol.ts";
import { type AddressInfo, AF_INET6, resolve } from "./resolve.ts";
import { Server } from "./server.ts";

const AI_PASSIVE = 1;

export interface ServerOptions {
  /** Only addresses of this family (`AF_INET`, `AF_INET6`); default: any. */
  readonly family?: number | undefined;
  readonly flags?: number | undefined;
  /** How many connections the system keeps until they are accepted. Default: 100. */
  readonly backlog?: number | undefined;
  readonly keepAlive?: boolean | undefined;
  /** False: accept only after `Server.startServing()` or `serveForever()`. */
  readonly startServing?: boolean | undefined;
}

export function createServer(
  loop: EventLoop,
  factory: () => BaseProtocol,
  host: string | readonly string[] | null,
  port: number | string | null,
  options: ServerOptions,
): Coroutine<Server> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, host, port, options]);
}

function* createServerBody(
  loop: EventLoop,
  factory: () => BaseProtocol,
  host: string | readonly string[] | null,
  port: number | string | null,
  options: ServerOptions,
): CoroutineGenerator<Server> {
  const hosts = host === null || typeof host === "string" ? [host] : host;
  const infos = new Map<string, AddressInfo>();
  for (const each of hosts) {
    const found = yield* resolve(loop, each, port, { flags: AI_PASSIVE, ...options });
    for (const info of found) infos.set(`${info[0]} ${info[4].join(" ")}`, info);
  }
  const listeners: Listener[] = [];
  try {
    for (const info of infos.values()) {
      const listener = yield* bind(loop, info, options);
      if (listener !== null) listeners.push(listener);
    }
    if (listeners.length === 0) {
      const addresses = [...infos.values()].map((info) => describeAddress(info[4]));
      throw new OSError(`could not bind on any address out of [${addresses.join(", ")}]`);
    }
  } catch (error) {
    for (const listener of listeners) listener.close();
    throw error;
  }
  const server = new Server(loop, listeners, factory);
  if (options.startServing !== false) {
    server._start();
    try {
      yield* sleep(0);
    } catch (error) {
      server.close();
      throw error;
    }
  }
  return server;
}

function* bind(loop: EventLoop, info: AddressInfo, options: ServerOptions): CoroutineGenerator<Listener | null> {
  const [family, , , , address] = info;
  const [host, port] = address;
  const listening = { host, port, backlog: options.backlog ?? 100, ipv6Only: family === AF_INET6 };
  const accepted = { noDelay: true, keepAlive: options.keepAlive === true };
  try {
    return yield* listen(loop, listening, accepted, (error) => {
      const cause = systemError(error) as Error;
      const text = `error while attempting to bind on address ${describeAddress(address)}: ${cause.message.toLowerCase()}`;
      return systemError(error, text);
    });
  } catch (error) {
    // The family is not enabled here.
    if (error instanceof OSError && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")) return null;
    throw error;
  }
}

const definition = define(createServerBody as never, "createServer");
