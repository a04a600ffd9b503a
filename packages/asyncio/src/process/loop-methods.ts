/**
 * The methods of the event loop that need sockets and processes. The loop itself stands on a lower floor and in every
 * browser's bundle; these are added to it where the package is imported, but for browsers, whose bundlers take
 * `no-loop-methods.ts` instead (the field `browser` of package.json).
 */

import { type ConnectionOptions, createConnection } from "../net/create-connection.ts";
import { createServer, type ServerOptions } from "../net/create-server.ts";
import type { BaseProtocol } from "../net/protocol.ts";
import type { Server } from "../net/server.ts";
import type { Transport } from "../net/transport.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { EventLoop } from "../tasks/event-loop.ts";
import { childMethods } from "./child-methods.ts";

declare module "../tasks/event-loop.ts" {
  interface EventLoop {
    // ---- TCP

    createConnection<P extends BaseProtocol>(
      factory: () => P,
      host: string | null,
      port: number | string | null,
      options?: ConnectionOptions,
    ): Coroutine<[transport: Transport, protocol: P]>;

    createServer(
      factory: () => BaseProtocol,
      host: string | readonly string[] | null,
      port: number | string | null,
      options?: ServerOptions,
    ): Coroutine<Server>;
  }
}

const methods: Partial<EventLoop> & ThisType<EventLoop> = {
  // ---- TCP

  createConnection(factory, host, port, options = {}) {
    return createConnection(this, factory, host, port, options);
  },

  createServer(factory, host, port, options = {}) {
    return createServer(this, factory, host, port, options);
  },
};

for (const [name, value] of Object.entries({ ...methods, ...childMethods })) {
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
