import { isDeno, nodeProcess, type ProcessLike } from "../host/globals.ts";
import { type NodeEmitter, nodeModule } from "../net/node.ts";
import type { ProcessOptions } from "./process-worker.ts";

/** What the package uses of a child process with a channel for messages, see `net/node.ts`. */
export interface ForkedChild extends NodeEmitter {
  readonly pid?: number | undefined;
  readonly connected: boolean;
  /** Bun has no methods there. */
  readonly channel?: { ref?(): void; unref?(): void } | null;
  send(message: unknown, callback: (error: Error | null) => void): boolean;
  kill(signal: string): boolean;
  ref(): void;
  unref(): void;
}

interface ChildProcessModule {
  spawn(program: string, args: readonly string[], options: object): ForkedChild;
}

interface Program extends ProcessLike {
  readonly execPath: string;
  readonly execArgv: readonly string[];
}

/** Starts the runtime that runs this with a program given as text, and a channel that structured clones pass. */
export function forkNode(source: string, options: ProcessOptions): ForkedChild {
  const { spawn } = nodeModule<ChildProcessModule>("child_process", "a ProcessPoolExecutor");
  const { execPath, execArgv } = nodeProcess as Program;
  const flags = options.execArgv ?? inherited(execArgv);
  const args = isDeno ? ["eval", ...flags, source] : [...flags, "-e", source];
  const { env, cwd } = options;
  return spawn(execPath, args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
    windowsHide: true,
    ...(env !== undefined && { env }),
    ...(cwd !== undefined && { cwd }),
  });
}

/** Without what says which program to run, and without a debugger's port, which is taken. */
function inherited(execArgv: readonly string[]): string[] {
  if (isDeno) return [];
  const kept: string[] = [];
  for (let at = 0; at < execArgv.length; at++) {
    const flag = execArgv[at]!;
    if (/^(-e|--eval|-p|--print|-pe|--input-type)$/.test(flag)) at++;
    else if (!/^(--eval|--print|--input-type|--inspect|--test|--watch)\b/.test(flag)) kept.push(flag);
  }
  return kept;
}
