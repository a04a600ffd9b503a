import type { SendableFile } from "../net/file-source.ts";
import type { Address } from "../net/protocol.ts";
import type { SendFileOptions } from "../net/send-file.ts";
import { sockAccept } from "../net/sock-accept.ts";
import { sockConnect } from "../net/sock-connect.ts";
import { type Memory, sockRecv, sockRecvFrom, sockRecvFromInto, sockRecvInto } from "../net/sock-recv.ts";
import { sockSendAll, sockSendFile, sockSendTo } from "../net/sock-send.ts";
import type { WriteData } from "../net/transport.ts";
import { addReader, addWriter, removeReader, removeWriter } from "../net/watch.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";

declare module "../tasks/event-loop.ts" {
  /**
   * The methods for sockets of the program's own take what the runtime has for them: `net.Socket`, `net.Server`,
   * `dgram.Socket`. For a bare descriptor (a number) they throw `NotImplementedError`, for one that belongs to a
   * transport `RuntimeError`, for anything else `RangeError`.
   */
  interface EventLoop {
    // ---- callbacks

    /**
     * Calls `callback(...args)` once an iteration while something can be read from `source` (a socket, a stream, a
     * datagram socket), be it the end or an error; while a connection can be accepted, if it is a server. Tasks that wait
     * for it in `sockRecv` come first. A second call replaces the callback. asyncio: `loop.add_reader()`.
     */
    addReader<A extends unknown[]>(source: object | number, callback: (...args: A) => unknown, ...args: A): void;
    /** Gives whether there was a callback. asyncio: `loop.remove_reader()`. */
    removeReader(source: object | number): boolean;
    /**
     * Calls `callback(...args)` once an iteration while more can be written to `source`: it is connected, and what waits
     * is below its high-water mark, or it has failed. asyncio: `loop.add_writer()`.
     */
    addWriter<A extends unknown[]>(source: object | number, callback: (...args: A) => unknown, ...args: A): void;
    /** Gives whether there was a callback. asyncio: `loop.remove_writer()`. */
    removeWriter(source: object | number): boolean;

    // ---- receiving

    /**
     * Receives up to `size` bytes, at least one; none at the end of the stream. Of a datagram socket one packet, whose rest
     * is lost when it is longer. What is not taken stays for the next, and several tasks are served in turn. Cancelled, it
     * has taken nothing. Throws `OSError`. asyncio: `loop.sock_recv()`.
     */
    sockRecv(socket: object, size: number): Coroutine<Uint8Array>;
    /** As `sockRecv`, into memory of the program's; gives the number of bytes. asyncio: `loop.sock_recv_into()`. */
    sockRecvInto(socket: object, buffer: Memory): Coroutine<number>;
    /** As `sockRecv`, with the sender's address; null of a stream. asyncio: `loop.sock_recvfrom()`. */
    sockRecvFrom(socket: object, size: number): Coroutine<[data: Uint8Array, address: Address]>;
    /** The same into memory, up to `size` bytes (0: as many as fit). asyncio: `loop.sock_recvfrom_into()`. */
    sockRecvFromInto(socket: object, buffer: Memory, size?: number): Coroutine<[count: number, address: Address]>;

    // ---- sending

    /**
     * Sends `data` and waits until the system has taken all of it. Messages of several tasks stay whole. Throws `OSError`.
     * Cancelled, it stops after the piece (256 KiB) that the runtime is sending; as in asyncio, nobody knows how much the
     * peer has got. Do not change the memory before. asyncio: `loop.sock_sendall()`.
     */
    sockSendAll(socket: object, data: WriteData): Coroutine<void>;
    /**
     * Sends a packet to `address` and gives its size. Throws `OSError`, also when the socket is connected to another
     * address. asyncio: `loop.sock_sendto()`.
     */
    sockSendTo(socket: object, data: WriteData, address: Address): Coroutine<number>;
    /**
     * Sends a file, or `count` bytes of it from `offset`, and gives how many bytes that were. Cancelled, it stops as
     * `sockSendAll`. asyncio: `loop.sock_sendfile()`.
     */
    sockSendFile(
      socket: object,
      file: SendableFile,
      offset?: number,
      count?: number | null,
      options?: SendFileOptions,
    ): Coroutine<number>;

    // ---- connections

    /**
     * Connects a new `net.Socket` to `[host, port]`, whose first address counts, or to the path of a Unix socket; gives a
     * `dgram.Socket` its peer. Throws `OSError`, `GaiError`. A stream socket is destroyed when that fails or is cancelled.
     * asyncio: `loop.sock_connect()`.
     */
    sockConnect(socket: object, address: Exclude<Address, null>): Coroutine<void>;
    /**
     * Accepts a connection of a listening `net.Server`: a `net.Socket`, and the peer's address. From the first call on up
     * to 4,096 connections wait for being accepted; beyond that they are closed, and `ConnectionAbortedError` tells. Throws
     * `OSError`: `EINVAL` when the server does not listen, `EBADF` when it is closed. asyncio: `loop.sock_accept()`.
     */
    sockAccept<S extends object = object>(server: object): Coroutine<[connection: S, address: Address]>;
  }
}

/** The methods of the event loop for sockets of the program's own. */
export const socketMethods: Partial<EventLoop> & ThisType<EventLoop> = {
  addReader(source, callback, ...args) {
    this._checkClosed();
    addReader(this, source, callback, args);
  },
  removeReader(source) {
    return removeReader(this, source);
  },
  addWriter(source, callback, ...args) {
    this._checkClosed();
    addWriter(this, source, callback, args);
  },
  removeWriter(source) {
    return removeWriter(this, source);
  },
  sockRecv(socket, size) {
    this._checkClosed();
    return sockRecv(this, socket, size);
  },
  sockRecvInto(socket, buffer) {
    this._checkClosed();
    return sockRecvInto(this, socket, buffer);
  },
  sockRecvFrom(socket, size) {
    this._checkClosed();
    return sockRecvFrom(this, socket, size);
  },
  sockRecvFromInto(socket, buffer, size) {
    this._checkClosed();
    return sockRecvFromInto(this, socket, buffer, size);
  },
  sockSendAll(socket, data) {
    this._checkClosed();
    return sockSendAll(this, socket, data);
  },
  sockSendTo(socket, data, address) {
    this._checkClosed();
    return sockSendTo(this, socket, data, address);
  },
  sockSendFile(socket, file, offset, count, options) {
    this._checkClosed();
    return sockSendFile(this, socket, file, offset, count, options);
  },
  sockConnect(socket, address) {
    this._checkClosed();
    return sockConnect(this, socket, address);
  },
  sockAccept(server) {
    this._checkClosed();
    return sockAccept(this, server);
  },
};
