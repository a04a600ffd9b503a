import { globals } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { repr } from "../loop/repr.ts";
import { describeErrno, makeSystemError, systemError } from "../loop/system-errors.ts";
import { nodeModule } from "../net/node.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { ChildProcessModule, NodeChild } from "./child.ts";
import type { Command } from "./subprocess-options.ts";

interface Fs {
  statSync(path: string): { isDirectory(): boolean };
  accessSync(path: string, mode: number): void;
  readonly constants: { readonly X_OK: number };
}
interface Path {
  readonly delimiter: string;
  resolve(...parts: string[]): string;
}

/**
 * Starts the child. A program or folder that is missing, or may not be used, is an error here and not an event later:
 * all runtimes know it at once, though some tell only in the next turn. The caller has to take the child over in the
 * same step, before anything can happen to it.
 */
export function* launch(loop: EventLoop, command: Command): CoroutineGenerator<NodeChild> {
  const { spawn } = nodeModule<ChildProcessModule>("child_process", "a subprocess");
  if ((command.wrapped ?? command.program) === "") throw startError("ENOENT", "");
  if (command.wrapped !== null) checkProgram(command.wrapped, command);
  let child: NodeChild;
  try {
    child = spawn(command.program, command.args, command.options);
  } catch (error) {
    throw explain(error, command);
  }
  const failed = child.pid === undefined ? new OutsideFuture<never>({ loop }) : null;
  // What else is emitted is said by the call that failed, too: an unheard 'error' would end the process.
  child.on("error", (error: unknown) => {
    if (failed?.done() === false) failed.setException(explain(error, command));
  });
  if (failed === null) return child;
  return yield* failed;
}

/** The error in Python's words. The system does not tell which of folder and program is missing; so it is looked up. */
function explain(error: unknown, { program, options: { cwd } }: Command): unknown {
  const { code } = error as { readonly code?: unknown };
  if (cwd !== undefined && (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES")) {
    const fault = faultOfFolder(cwd);
    if (fault !== null) return startError(fault, cwd, error);
  }
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES" || code === "ENOEXEC") {
    return startError(code, program, error);
  }
  return systemError(error);
}

function faultOfFolder(cwd: string): string | null {
  const fs = nodeModule<Fs>("fs", "a subprocess");
  try {
    if (!fs.statSync(cwd).isDirectory()) return "ENOTDIR";
    fs.accessSync(cwd, fs.constants.X_OK);
    return null;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? "ENOENT";
  }
}

/** A program that a shell is going to start is looked for as the shell does, or the shell's message were all one had. */
function checkProgram(program: string, { options: { cwd, env } }: Command): void {
  const fs = nodeModule<Fs>("fs", "a subprocess");
  const path = nodeModule<Path>("path", "a subprocess");
  const from = cwd ?? ".";
  if (cwd !== undefined) {
    const fault = faultOfFolder(cwd);
    if (fault !== null) throw startError(fault, cwd);
  }
  const search = (env ?? globals.process?.env)?.["PATH"] ?? DEFAULT_PATH;
  const folders = program.includes("/") ? [""] : search.split(path.delimiter);
  let fault = "ENOENT";
  for (const folder of folders) {
    const file = path.resolve(from, folder, program);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (!fs.statSync(file).isDirectory()) return;
      fault = "EACCES";
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === "EACCES" || (program.includes("/") && code !== undefined)) fault = code;
    }
  }
  throw startError(fault, program);
}

/** What the C library searches where there is no PATH. */
const DEFAULT_PATH = "/usr/local/bin:/bin:/usr/bin";

function startError(code: string, path: string, cause?: unknown): Error {
  return makeSystemError(code, `${describeErrno(code)}: ${repr(path)}`, { cause, syscall: "spawn", path });
}
