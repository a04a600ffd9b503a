import { builtin } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import type { NodeEmitter } from "../net/node.ts";

/** What the package uses of `node:worker_threads`, typed here so that @types/node does not leak, see `net/node.ts`. */
export interface ThreadsModule {
  readonly Worker: new (source: string, options: object) => NodeWorker;
  readonly MessageChannel: new () => { readonly port1: WorkerPort; readonly port2: WorkerPort };
  receiveMessageOnPort(port: WorkerPort): { readonly message: unknown } | undefined;
}

export type TransferList = readonly object[];

export interface WorkerPort extends NodeEmitter {
  postMessage(message: unknown, transferList?: TransferList): void;
  close(): void;
  ref(): void;
  unref(): void;
}

export interface NodeWorker extends NodeEmitter {
  readonly threadId: number;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

export function nodeThreads(what: string): ThreadsModule {
  const threads = builtin<ThreadsModule>("worker_threads");
  if (threads === undefined) throw new RuntimeError(`${what} needs the threads of Node, Bun or Deno`);
  return threads;
}
