import { isDeno } from "../host/globals.ts";
import type { Runnable } from "../loop/runnable.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { NodeSocket } from "./node.ts";

const NOTHING = new Uint8Array(0);

/**
 * Hands bytes to a socket. What is written first in an iteration of the loop is sent at once, if nothing is waiting; the
 * rest of the iteration goes to the system in one piece, with the next one. (uvloop keeps everything back until then,
 * asyncio nothing.)
 */
export class SocketWriter implements Runnable {
  private readonly loop: EventLoop;
  private readonly socket: NodeSocket;
  /** The iteration of the last write that was sent at once. */
  private sentIn: number;
  private corked: boolean;
  private queued: boolean;
  /** The runtime does not always finish a write at once: have it tell when it does. */
  private tells: boolean;
  private readonly onWritten: (error?: Error | null) => void;

  /** `onProgress` is called by the runtime, when something that was waiting has been sent. */
  constructor(loop: EventLoop, socket: NodeSocket, onProgress: () => void) {
    this.loop = loop;
    this.socket = socket;
    this.sentIn = -1;
    this.corked = false;
    this.queued = false;
    // Deno cannot write nothing over TLS.
    this.tells = isDeno && socket.encrypted === true;
    this.onWritten = (error) => {
      if (!error) onProgress(); // An error comes as an event, too.
    };
  }

  /** How many bytes wait. Of a piece that the system has taken in part, the runtime counts the whole. */
  get size(): number {
    return this.socket.writableLength;
  }

  /** Gives how many bytes wait afterwards. */
  write(bytes: Uint8Array): number {
    const { socket, loop } = this;
    if (socket.writableLength > 0) {
      socket.write(bytes, this.onWritten);
    } else if (this.sentIn !== loop._ticks || !loop.isRunning()) {
      this.sentIn = loop._ticks;
      if (!this.tells) return this.send(bytes);
      socket.write(bytes, this.onWritten);
    } else {
      socket.cork();
      this.corked = true;
      socket.write(bytes, this.onWritten);
      if (!this.queued) {
        this.queued = true;
        loop._enqueue(this);
      }
    }
    return socket.writableLength;
  }

  /** Most of the time the system takes it all at once, and there is nothing to hear of it later. */
  private send(bytes: Uint8Array): number {
    const { socket } = this;
    socket.write(bytes);
    const size = socket.writableLength;
    if (size > 0 && !socket.destroyed) {
      this.tells = true;
      socket.write(NOTHING, this.onWritten);
    }
    return size;
  }

  /** Several pieces in one call of the system. */
  writeAll(pieces: readonly Uint8Array[]): number {
    const { socket } = this;
    socket.cork();
    for (const piece of pieces) if (piece.length > 0) socket.write(piece, this.onWritten);
    socket.uncork();
    return socket.writableLength;
  }

  /** Sends what waits for the end of the iteration only. Gives how many bytes wait afterwards. */
  flush(): number {
    if (this.corked) {
      this.corked = false;
      this.socket.uncork();
    }
    return this.socket.writableLength;
  }

  /** @internal */
  _run(): void {
    this.queued = false;
    this.flush();
  }

  /** @internal */
  _repr(): string {
    return "<Handle SocketWriter.flush()>";
  }
}
