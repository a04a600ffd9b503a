import { builtin, nodeProcess, type ProcessLike } from "../host/globals.ts";

/** What the package uses of `node:child_process`'s fork. */
export interface ForkedChild {
  readonly pid?: number | undefined;
  readonly connected: boolean;
  readonly exitCode: number | null;
  readonly signalCode: string | null;
  readonly channel?: { unref?(): void; ref?(): void } | null;
  send(message: unknown, callback?: (error: Error | null) => void): boolean;
  kill(signal?: string | number): boolean;
  disconnect(): void;
  ref(): void;
  unref(): void;
  on(event: string, listener: (...args: never[]) => void): unknown;
}

interface ChildProcessModule {
  fork(path: string, args: readonly string[], options: object): ForkedChild;
}

export interface ChannelProcess extends ProcessLike {
  readonly pid: number;
  readonly connected?: boolean;
  readonly channel?: { unref?(): void; ref?(): void } | null;
  send?(message: unknown, callback?: (error: Error | null) => void): boolean;
  disconnect?(): void;
}

export const thisProcess = nodeProcess as ChannelProcess | undefined;

/** One end of the channel between a process and its child. */
export interface Peer {
  /** Throws what the runtime throws for a value that it cannot clone; what cannot be delivered is dropped. */
  send(message: unknown): void;
}

export class ChannelPeer implements Peer {
  private readonly end: Pick<ForkedChild, "send" | "connected"> | ChannelProcess;

  constructor(end: Pick<ForkedChild, "send" | "connected"> | ChannelProcess) {
    this.end = end;
  }

  send(message: unknown): void {
    if (this.end.connected !== true) return;
    // Without a callback, a channel that breaks meanwhile would be an `error` event.
    this.end.send!(message, ignore);
  }
}

function ignore(): void {}

export function forkProgram(path: string, options: object): ForkedChild {
  const module = builtin<ChildProcessModule>("child_process");
  if (module === undefined) throw new Error("this runtime has no processes");
  return module.fork(path, [], options);
}
