import { type Delay, toSeconds } from "../loop/delay.ts";
import type { StreamReader } from "../net/stream-reader.ts";
import type { StreamWriter } from "../net/stream-writer.ts";
import type { WriteData } from "../net/transport.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { DEFAULT_GRACE, Process } from "./process.ts";
import { start } from "./subprocess-exec.ts";
import { type Command, execCommand, type PIPE, type SubprocessOptions, shellCommand } from "./subprocess-options.ts";
import { SubprocessStreamProtocol } from "./subprocess-stream-protocol.ts";

export interface ProcessOptions extends SubprocessOptions {
  /** How much a reader buffers before the child has to wait: up to twice as many bytes. Default: 64 KiB. */
  readonly limit?: number | undefined;
  /**
   * The child dies with the task that waits for it: when `wait` or `communicate` is cancelled (by a timeout, say), the
   * child is stopped as by `process.stop()`, and the task waits for that. True: with a grace of 5 s; a delay: with that
   * grace, 0 for SIGKILL at once. Default false, as in asyncio: it runs on.
   */
  readonly killOnCancel?: boolean | Delay | undefined;
}

/** A process whose options tell which of its streams there are. */
export type ProcessWith<O extends ProcessOptions> = Streams<O> & Process;

interface Streams<O extends ProcessOptions> {
  readonly stdin: IfPipe<O, "stdin", StreamWriter>;
  readonly stdout: IfPipe<O, "stdout", StreamReader>;
  readonly stderr: IfPipe<O, "stderr", StreamReader>;
  communicate(
    input?: WriteData | null,
  ): Coroutine<[stdout: IfPipe<O, "stdout", Uint8Array>, stderr: IfPipe<O, "stderr", Uint8Array>]>;
}

/** `T` where the stream is `PIPE`, null where it cannot be, either where only running will tell. */
type IfPipe<O extends ProcessOptions, K extends "stdin" | "stdout" | "stderr", T> = K extends keyof O
  ? [O[K]] extends [typeof PIPE]
    ? T
    : typeof PIPE extends O[K]
      ? T | null
      : null
  : null;

/**
 * Starts `program` with `args`, an array of strings that reach it as they are: no shell reads them. `stdin`, `stdout` and
 * `stderr` are the program's own unless they are `PIPE`, `DEVNULL` or a descriptor; `stderr` may be `STDOUT`.
 *
 * Throws `FileNotFoundError` or `PermissionError` for a program or folder that cannot be used, `TypeError` and
 * `RangeError` for options that cannot be had. Cancelled, it leaves no child behind. Must run in a task.
 * asyncio: `create_subprocess_exec()`.
 */
export function createSubprocessExec<const O extends ProcessOptions = Record<never, never>>(
  program: string,
  args: readonly string[] = [],
  options?: O,
): Coroutine<ProcessWith<O>> {
  const { own, subprocess } = divide(options ?? {});
  return create<O>(execCommand(program, args, subprocess), own);
}

/**
 * Starts a shell (`/bin/sh`) with a command line. Never put foreign text into it: it could be commands, too. Give such
 * text to `createSubprocessExec` as arguments. Otherwise as there. asyncio: `create_subprocess_shell()`.
 */
export function createSubprocessShell<const O extends ProcessOptions = Record<never, never>>(
  command: string,
  options?: O,
): Coroutine<ProcessWith<O>> {
  const { own, subprocess } = divide(options ?? {});
  return create<O>(shellCommand(command, subprocess), own);
}

interface OwnOptions {
  readonly limit: number | undefined;
  readonly grace: number | null;
}

function divide({ limit, killOnCancel = false, ...subprocess }: ProcessOptions): {
  readonly own: OwnOptions;
  readonly subprocess: SubprocessOptions;
} {
  if (limit !== undefined && !(limit > 0)) throw new RangeError("Limit cannot be <= 0");
  const grace = killOnCancel === false ? null : killOnCancel === true ? DEFAULT_GRACE : toSeconds(killOnCancel);
  return { own: { limit, grace }, subprocess };
}

function create<O extends ProcessOptions>(command: Command, own: OwnOptions): Coroutine<ProcessWith<O>> {
  return new FunctionCoroutine(createDefinition, undefined, [command, own]);
}

function* createBody(command: Command, { limit, grace }: OwnOptions): CoroutineGenerator<Process> {
  const loop = getRunningLoop();
  const [transport, protocol] = yield* start(loop, () => new SubprocessStreamProtocol(loop, limit), command);
  return new Process(transport, protocol, loop, grace);
}

const createDefinition = define(createBody as never, "createSubprocess");
