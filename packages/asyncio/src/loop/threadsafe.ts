import { globals } from "../host/globals.ts";
import type { BaseLoop } from "./base-loop.ts";
import { RuntimeError } from "./errors.ts";
import type { Callback } from "./handle.ts";

/** One end of a message channel, as Node, Bun, Deno and browsers have it; it can be transferred to a worker. */
export interface LoopPort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  close(): void;
}

interface Message {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * The ports by which other threads reach a loop. A function cannot travel to another thread and back, so the loop's side
 * names its callbacks, and the other side calls them by their names.
 */
export class ThreadsafePorts {
  private readonly loop: BaseLoop;
  private readonly open: Set<{ close(): void }> = new Set();

  constructor(loop: BaseLoop) {
    this.loop = loop;
  }

  create(callbacks: Readonly<Record<string, Callback>>): LoopPort {
    if (globals.MessageChannel === undefined) throw new RuntimeError("this runtime has no MessageChannel");
    const { port1, port2 } = new globals.MessageChannel();
    port1.onmessage = ({ data }) => this.receive(callbacks, data as Message);
    // The worker keeps the process alive, not the possibility of a message.
    (port1 as { unref?(): void }).unref?.();
    this.open.add(port1);
    return port2;
  }

  clear(): void {
    for (const port of this.open) port.close();
    this.open.clear();
  }

  private receive(callbacks: Readonly<Record<string, Callback>>, message: Message): void {
    if (this.loop.isClosed()) return;
    if (typeof message?.name === "string" && Object.hasOwn(callbacks, message.name)) {
      this.loop.callSoonThreadsafe(callbacks[message.name]!, ...message.args);
      return;
    }
    this.loop.callExceptionHandler({
      message: `A thread has asked for the callback ${JSON.stringify(message?.name)}, which threadsafePort() was not given`,
    });
  }
}

/** A loop of another thread, by a port that its `threadsafePort` made. */
export class RemoteLoop {
  private readonly port: LoopPort;

  constructor(port: LoopPort) {
    this.port = port;
  }

  /**
   * Calls the callback of that name, with these arguments (which are cloned), in the next iteration of the loop.
   * Throws `DataCloneError` for an argument that cannot be cloned. When the loop is closed, nothing happens.
   * asyncio: `loop.call_soon_threadsafe()`.
   */
  callSoonThreadsafe(name: string, ...args: unknown[]): void {
    const message: Message = { name, args };
    this.port.postMessage(message);
  }

  /** Closes the port, so that this thread can end. */
  close(): void {
    this.port.close();
  }
}
