/**
 * The methods of the event loop that need sockets and processes. The loop itself stands on a lower floor and in every
 * browser's bundle; these are added to it where the package is imported, but for browsers, whose bundlers take
 * `no-loop-methods.ts` instead (the field `browser` of package.json).
 */

import { type ConnectionOptions, createConnection } from "../net/create-connection.ts";
import { createServer, type ServerOptions } from "../net/create-server.ts";
import { createDatagramEndpoint, type DatagramEndpointOptions } from "../net/datagram-endpoint.ts";
import { type AddressInfo, type AddrInfoOptions, getAddrInfo } from "../net/get-addr-info.ts";
import { getNameInfo } from "../net/get-name-info.ts";
import { resolverOf, setResolver } from "../net/loop-resolver.ts";
import type { BaseProtocol } from "../net/protocol.ts";
import type { Resolver } from "../net/resolver.ts";
import type { Server } from "../net/server.ts";
import type { DatagramTransport, Transport } from "../net/transport.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { EventLoop } from "../tasks/event-loop.ts";

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

    // ---- UDP

    /**
     * Opens a datagram socket and gives its transport, and the protocol that `factory` has made, once `connectionMade` has
     * been called. Of the addresses that the options stand for the first that works is taken.
     *
     * Throws `OSError` when none does, `GaiError`, `RangeError` and `TypeError` for options that do not fit together,
     * `NotImplementedError` for Unix datagrams. Cancelling it closes the socket. asyncio: `loop.create_datagram_endpoint()`.
     */
    createDatagramEndpoint<P extends BaseProtocol>(
      factory: () => P,
      options: DatagramEndpointOptions,
    ): Coroutine<[transport: DatagramTransport, protocol: P]>;

    // ---- names and addresses

    /**
     * The addresses of `host`, the best first, as Python's 5-tuples. `port` is a number, a service's name (`"http"`) or
     * null; without a host they are this machine's own. Addresses and loopback names are answered at once, others by the
     * loop's resolver. Throws `GaiError`. Cancelling it withdraws the question. asyncio: `loop.getaddrinfo()`.
     */
    getAddrInfo(host: string | null, port: number | string | null, options?: AddrInfoOptions): Coroutine<AddressInfo[]>;
    /**
     * The names of an address's host and service; the address and the number where there is none. `flags` is a sum of
     * `NI_…`. Throws `GaiError`. asyncio: `loop.getnameinfo()`.
     */
    getNameInfo(
      address: readonly [host: string, port: number, ...rest: number[]],
      flags?: number,
    ): Coroutine<[host: string, service: string]>;
    /**
     * Sets who finds addresses for this loop: `new SystemResolver()` is the operating system, null restores the default,
     * a `DnsResolver`. asyncio has no counterpart, its resolver is a thread.
     */
    setResolver(resolver: Resolver | null): void;
    getResolver(): Resolver;
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

  // ---- UDP

  createDatagramEndpoint(factory, options = {}) {
    this._checkClosed();
    return createDatagramEndpoint(this, factory, options);
  },

  // ---- names and addresses

  getAddrInfo(host, port, options) {
    this._checkClosed();
    return getAddrInfo(this, host, port, options);
  },
  getNameInfo(address, flags) {
    this._checkClosed();
    return getNameInfo(this, address, flags);
  },
  setResolver(resolver) {
    setResolver(this, resolver);
  },
  getResolver() {
    return resolverOf(this);
  },
};

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
