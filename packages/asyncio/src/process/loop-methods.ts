/**
 * The methods of the event loop that need sockets and processes. The loop itself stands on a lower floor and in every
 * browser's bundle; these are added to it where the package is imported, but for browsers, whose bundlers take
 * `no-loop-methods.ts` instead (the field `browser` of package.json).
 */

import { type AcceptedSocketOptions, connectAcceptedSocket } from "../net/connect-accepted-socket.ts";
import { type ConnectionOptions, createConnection } from "../net/create-connection.ts";
import { createServer, type ServerHost, type ServerOptions } from "../net/create-server.ts";
import { createUnixConnection, type UnixConnectionOptions } from "../net/create-unix-connection.ts";
import { createUnixServer, type UnixServerOptions } from "../net/create-unix-server.ts";
import { createDatagramEndpoint, type DatagramEndpointOptions } from "../net/datagram-endpoint.ts";
import type { SendableFile } from "../net/file-source.ts";
import { type AddressInfo, type AddrInfoOptions, getAddrInfo } from "../net/get-addr-info.ts";
import { getNameInfo } from "../net/get-name-info.ts";
import { resolverOf, setResolver } from "../net/loop-resolver.ts";
import type { BaseProtocol } from "../net/protocol.ts";
import type { Resolver } from "../net/resolver.ts";
import type { Ssl } from "../net/secure.ts";
import { type SendFileOptions, sendFile } from "../net/send-file.ts";
import type { Server } from "../net/server.ts";
import { type StartTlsOptions, startTls } from "../net/start-tls.ts";
import type { DatagramTransport, Transport, WriteTransport } from "../net/transport.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { EventLoop } from "../tasks/event-loop.ts";
// The bare import carries the declarations into the package's own.
import "./child-methods.ts";
import { childMethods } from "./child-methods.ts";
import { socketMethods } from "./socket-methods.ts";
// For the declarations, which lose the import of a mere value.
import "./socket-methods.ts";

declare module "../tasks/event-loop.ts" {
  interface EventLoop {
    // ---- streams: TCP and Unix sockets

    /**
     * Connects to `host` and `port`: a transport, and the protocol that `factory` has made for it, after its
     * `connectionMade`. Every address of the host is tried. Throws `RangeError` for options that contradict each other,
     * `GaiError`, and `OSError` (`ConnectionRefusedError` …) when no address answers. Cancelling it gives up the
     * connection. asyncio: `loop.create_connection()`.
     */
    createConnection<P extends BaseProtocol>(
      factory: () => P,
      host?: string | null,
      port?: number | string | null,
      options?: ConnectionOptions,
    ): Coroutine<[transport: Transport, protocol: P]>;
    /**
     * Listens on `port` of `host`, or of several hosts, or (null) of all interfaces; `factory` makes the protocol of each
     * connection. Port 0 is a free one, another for each address: see `Server.sockets`. Throws `OSError` when an address
     * cannot be had. asyncio: `loop.create_server()`.
     */
    createServer(
      factory: () => BaseProtocol,
      host?: ServerHost,
      port?: number | string | null,
      options?: ServerOptions,
    ): Coroutine<Server>;
    /** As `createConnection`, to the Unix socket at `path`. asyncio: `loop.create_unix_connection()`. */
    createUnixConnection<P extends BaseProtocol>(
      factory: () => P,
      path?: string | null,
      options?: UnixConnectionOptions,
    ): Coroutine<[transport: Transport, protocol: P]>;
    /**
     * As `createServer`, on a Unix socket at `path`. The file of a server that has ended without removing it is replaced.
     * asyncio: `loop.create_unix_server()`.
     */
    createUnixServer(factory: () => BaseProtocol, path?: string | null, options?: UnixServerOptions): Coroutine<Server>;
    /**
     * A transport and a protocol for a connection that something else has accepted: a `net.Socket`, which belongs to the
     * transport from then on. asyncio: `loop.connect_accepted_socket()`.
     */
    connectAcceptedSocket<P extends BaseProtocol>(
      factory: () => P,
      sock: object,
      options?: AcceptedSocketOptions,
    ): Coroutine<[transport: Transport, protocol: P]>;
    /**
     * Sends a file, or `count` bytes of it from `offset`, and gives how many bytes that were. Meanwhile the transport reads
     * nothing, and other writes to it throw. Throws `RuntimeError` on a transport that is closing, `RangeError` for a bad
     * range, `ConnectionError` when the connection is lost. Cancelled, it stops after the bytes that were written.
     * asyncio: `loop.sendfile()`.
     */
    sendFile(
      transport: WriteTransport,
      file: SendableFile,
      offset?: number,
      count?: number | null,
      options?: SendFileOptions,
    ): Coroutine<number>;

    /**
     * Upgrades a connection to TLS where it is, and gives the transport that stands for it from then on; the old one is of
     * no more use. `protocol` goes on, and is not told. What has arrived already belongs to the handshake.
     *
     * Throws `TypeError` for what cannot be upgraded, and as connecting over TLS does; the connection is closed then, as
     * it is when this is cancelled. asyncio: `loop.start_tls()`.
     */
    startTls(
      transport: Transport,
      protocol: BaseProtocol,
      sslContext: Exclude<Ssl, true>,
      options?: StartTlsOptions,
    ): Coroutine<Transport>;

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
  // ---- streams: TCP and Unix sockets

  createConnection(factory, host, port, options) {
    this._checkClosed();
    return createConnection(this, factory, host, port, options);
  },
  createServer(factory, host, port, options) {
    this._checkClosed();
    return createServer(this, factory, host, port, options);
  },
  createUnixConnection(factory, path, options) {
    this._checkClosed();
    return createUnixConnection(this, factory, path, options);
  },
  createUnixServer(factory, path, options) {
    this._checkClosed();
    return createUnixServer(this, factory, path, options);
  },
  connectAcceptedSocket(factory, sock, options) {
    this._checkClosed();
    return connectAcceptedSocket(this, factory, sock, options);
  },
  sendFile(transport, file, offset, count, options) {
    this._checkClosed();
    return sendFile(this, transport, file, offset, count, options);
  },

  startTls(transport, protocol, sslContext, options) {
    this._checkClosed();
    return startTls(this, transport, protocol, sslContext, options);
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

for (const [name, value] of Object.entries({ ...methods, ...childMethods, ...socketMethods })) {
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
