import { repr } from "../loop/repr.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { asBuffer } from "./bytes.ts";
import type { Input } from "./input.ts";
import type { Address } from "./protocol.ts";
import { checkNotSecure, inputOf } from "./sources.ts";
import { TakingCoroutine } from "./taking-coroutine.ts";
import { toBytes } from "./transport.ts";

/** Memory that can be written to. */
export type Memory = ArrayBufferView | ArrayBuffer;

/** `loop.sockRecv()`. */
export function sockRecv(loop: EventLoop, socket: unknown, size: number): Coroutine<Uint8Array> {
  return new Receive(loop, socket, size, "sockRecv", (data) => asBuffer(data));
}

/** `loop.sockRecvFrom()`. */
export function sockRecvFrom(
  loop: EventLoop,
  socket: unknown,
  size: number,
): Coroutine<[data: Uint8Array, address: Address]> {
  return new Receive(loop, socket, size, "sockRecvFrom", (data, address) => [asBuffer(data), address]);
}

/** `loop.sockRecvInto()`. */
export function sockRecvInto(loop: EventLoop, socket: unknown, buffer: Memory): Coroutine<number> {
  return new ReceiveInto(loop, socket, buffer, 0, "sockRecvInto", (count) => count);
}

/** `loop.sockRecvFromInto()`. */
export function sockRecvFromInto(
  loop: EventLoop,
  socket: unknown,
  buffer: Memory,
  size: number = 0,
): Coroutine<[count: number, address: Address]> {
  return new ReceiveInto(loop, socket, buffer, size, "sockRecvFromInto", (count, address) => [count, address]);
}

class Receive<T> extends TakingCoroutine<T, Input> {
  protected readonly socket: unknown;
  protected size: number;
  readonly name: string;
  private readonly finish: (data: Uint8Array, address: Address) => T;

  constructor(
    loop: EventLoop,
    socket: unknown,
    size: number,
    name: string,
    finish: (data: Uint8Array, address: Address) => T,
  ) {
    super(loop);
    this.socket = socket;
    this.size = size;
    this.name = name;
    this.finish = finish;
  }

  protected override open(): Input {
    checkNotSecure(this.socket);
    const input = inputOf(this.socket, this.name);
    checkSize(this.size, this.name);
    return input;
  }

  protected override take(input: Input): { readonly value: T } | null {
    const taken = input.take(this.size);
    return taken === null ? null : { value: this.finish(...taken) };
  }
}

class ReceiveInto<T> extends Receive<T> {
  private readonly buffer: unknown;

  constructor(
    loop: EventLoop,
    socket: unknown,
    buffer: unknown,
    size: number,
    name: string,
    finish: (count: number, address: Address) => T,
  ) {
    super(loop, socket, size, name, (data, address) => {
      toBytes(buffer as Memory).set(data);
      return finish(data.length, address);
    });
    this.buffer = buffer;
  }

  protected override open(): Input {
    const { buffer, name } = this;
    if (typeof buffer === "string" || !(ArrayBuffer.isView(buffer) || buffer instanceof ArrayBuffer)) {
      throw new TypeError(`${name}() takes a buffer to write to, got ${repr(buffer)}`);
    }
    const input = super.open();
    if (this.size > buffer.byteLength) throw new RangeError("nbytes is greater than the length of the buffer");
    if (this.size === 0) this.size = buffer.byteLength;
    return input;
  }
}

function checkSize(size: unknown, caller: string): void {
  if (typeof size !== "number") throw new TypeError(`${caller}() takes a number of bytes, got ${repr(size)}`);
  if (size < 0) throw new RangeError(`negative buffersize in ${caller}`);
  if (!Number.isSafeInteger(size)) throw new RangeError(`${caller}() takes a whole number of bytes, got ${size}`);
}
