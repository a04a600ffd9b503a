import type { NodeEmitter, NodeSocket } from "../net/node.ts";

/** What the package uses of `node:child_process`, typed here so that @types/node does not leak, see `net/node.ts`. */
export interface ChildProcessModule {
  spawn(program: string, args: readonly string[], options: SpawnOptions): NodeChild;
}

export interface NodeChild extends NodeEmitter {
  readonly pid?: number | undefined;
  readonly exitCode: number | null;
  readonly signalCode: string | null;
  readonly stdin: NodeSocket | null;
  readonly stdout: NodeSocket | null;
  readonly stderr: NodeSocket | null;
  kill(signal?: string | number): boolean;
  ref(): unknown;
  unref(): unknown;
}

/** A descriptor, or a stream of Node's that has one. */
export type Stdio = "pipe" | "ignore" | "inherit" | number | object;

export interface SpawnOptions {
  readonly stdio: readonly Stdio[];
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly detached: boolean;
  readonly argv0?: string | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly windowsHide: boolean;
  readonly windowsVerbatimArguments: boolean;
}
