import { globals } from "../host/globals.ts";
import { repr } from "../loop/repr.ts";
import { nodeModule } from "../net/node.ts";
import type { SpawnOptions, Stdio } from "./child.ts";

/** A new pipe between the program and the child. asyncio: `PIPE`. */
export const PIPE: -1 = -1;
/** For `stderr`: where the child's standard output goes. asyncio: `STDOUT`. */
export const STDOUT: -2 = -2;
/** `/dev/null`. asyncio: `DEVNULL`. */
export const DEVNULL: -3 = -3;

/** A descriptor that the child inherits: its number, or what has one (a `FileHandle`, a socket, a file's stream). */
export type Inherited = number | { readonly fd: number } | NodeStreamLike;

interface NodeStreamLike {
  pipe(...args: never[]): unknown;
  on(...args: never[]): unknown;
}

/** Where one of the child's standard streams leads; null: where the program's own leads. */
export type Redirection = typeof PIPE | typeof DEVNULL | null | Inherited;

/** What a child process is started with. */
export interface SubprocessOptions {
  readonly stdin?: Redirection | undefined;
  readonly stdout?: Redirection | undefined;
  readonly stderr?: Redirection | typeof STDOUT | undefined;
  /** The folder it starts in; default: the program's. */
  readonly cwd?: string | URL | null | undefined;
  /** All of its environment; default: the program's. What is undefined is left out. */
  readonly env?: Readonly<Record<string, string | undefined>> | null | undefined;
  /** What runs instead of `program`, which then is only the name that the child sees (`argv[0]`); for a shell, the shell. */
  readonly executable?: string | null | undefined;
  /** The name that the child sees; default: `program`. Node's spelling of what `executable` does. */
  readonly argv0?: string | undefined;
  /** A session and process group of its own: signals of the terminal (Ctrl-C) do not reach it. Default false. */
  readonly startNewSession?: boolean | undefined;
  /** More descriptors that the child inherits, under the same numbers. */
  readonly passFds?: readonly number[] | undefined;
  /** Numbers of the user and group that it runs as; needs the right to do so. */
  readonly user?: number | null | undefined;
  readonly group?: number | null | undefined;
}

/** A child that can be started: options checked and put into Node's terms. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
  /** The program that `/bin/sh` is going to replace itself with; null when the program is started directly. */
  readonly wrapped: string | null;
}

/** Throws `TypeError` or `RangeError` for what cannot be done, with asyncio's texts where it has them. */
export function execCommand(program: string, args: readonly string[], given: SubprocessOptions): Command {
  if (!Array.isArray(args)) throw new TypeError(`args must be an array of strings, got ${repr(args)}`);
  for (const each of [program, ...(args as readonly unknown[])]) checkString("program arguments", each);
  checkOptions(given, "exec");
  const file = given.executable ?? program;
  const argv0 = given.argv0 ?? (given.executable == null ? undefined : program);
  const { stdio, merged } = standardStreams(given);
  const options = { ...spawnOptions(given), stdio, argv0 };
  if (!merged) return { program: file, args, options, wrapped: null };
  if (isWindows) throw new TypeError("stderr: STDOUT with stdout: PIPE does not work on Windows");
  if (argv0 !== undefined) {
    throw new TypeError("stderr: STDOUT with stdout: PIPE cannot be combined with executable or argv0");
  }
  return merging(file, args, options, file);
}

/**
 * No runtime gives one new pipe to two descriptors. A shell does, and `exec` makes it the program itself. What the shell
 * would change of the environment is put right: it adds PWD, and may drop names that cannot be its variables'.
 */
function merging(file: string, args: readonly string[], options: SpawnOptions, wrapped: string | null): Command {
  const environment = options.env ?? globals.process?.env ?? {};
  const foreign = Object.keys(environment).filter((name) => environment[name] !== undefined && !isVariable(name));
  if (foreign.length > 0 && file.includes("=")) {
    throw new TypeError(
      `stderr: STDOUT with stdout: PIPE cannot start ${repr(file)} with a variable named ${repr(foreign[0])}`,
    );
  }
  const script = [
    environment["PWD"] === undefined ? "unset PWD; " : "",
    foreign.length === 0 ? "exec" : "exec /usr/bin/env",
    ' "$0" "$@" 2>&1',
  ].join("");
  const settings = foreign.map((name) => `${name}=${environment[name]}`);
  return { program: "/bin/sh", args: ["-c", script, ...settings, file, ...args], options, wrapped };
}

function isVariable(name: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(name);
}

export function shellCommand(command: string, given: SubprocessOptions): Command {
  if (typeof command !== "string") throw new RangeError("cmd must be a string");
  checkString("cmd", command);
  checkOptions(given, "shell");
  const { stdio, merged } = standardStreams(given);
  const options = { ...spawnOptions(given), stdio, argv0: given.argv0 };
  if (isWindows) {
    const program = given.executable ?? globals.process?.env?.["ComSpec"] ?? "cmd.exe";
    const text = merged ? `(${command}) 2>&1` : command;
    return {
      program,
      args: ["/d", "/s", "/c", `"${text}"`],
      options: { ...options, windowsVerbatimArguments: true },
      wrapped: null,
    };
  }
  const shell = given.executable ?? "/bin/sh";
  if (!merged) return { program: shell, args: ["-c", command], options, wrapped: null };
  if (given.argv0 !== undefined) throw new TypeError("stderr: STDOUT with stdout: PIPE cannot be combined with argv0");
  return merging(shell, ["-c", command], options, given.executable ?? null);
}

const isWindows = (globals.process as { readonly platform?: string } | undefined)?.platform === "win32";

// ---- options

const supported: ReadonlySet<string> = new Set<keyof SubprocessOptions>([
  "stdin",
  "stdout",
  "stderr",
  "cwd",
  "env",
  "executable",
  "argv0",
  "startNewSession",
  "passFds",
  "user",
  "group",
]);

/** What asyncio has and no runtime of JavaScript can do, and what to do instead. */
const unsupported: Readonly<Record<string, string>> = {
  preexecFn: "no JavaScript can run between fork and exec; let a shell or a small program prepare things",
  umask: "use a shell: umask 022; exec …",
  extraGroups: "a child gets the groups of its user",
  processGroup: "startNewSession: true gives it a group of its own",
  closeFds: "descriptors are always closed, but for stdin, stdout, stderr and passFds",
  restoreSignals: "signals are always restored",
  pipesize: "the size of a pipe cannot be set",
  startupinfo: "it cannot be set",
  creationflags: "they cannot be set",
  uid: "it is called user",
  gid: "it is called group",
  detached: "it is called startNewSession",
  stdio: "give stdin, stdout and stderr",
  timeout: "put a timeout() around what waits for the child",
  signal: "cancel the task that waits for the child, see killOnCancel",
};

/** Options that may be given, but with one value only; texts as asyncio's `ValueError`s. */
function fixedOptions(kind: "exec" | "shell"): Readonly<Record<string, unknown>> {
  return { universalNewlines: false, shell: kind === "shell", bufsize: 0, text: false, encoding: null, errors: null };
}

function checkOptions(given: SubprocessOptions, kind: "exec" | "shell"): void {
  const fixed = fixedOptions(kind);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || supported.has(name)) continue;
    if (!Object.hasOwn(fixed, name)) {
      const advice = unsupported[name];
      if (name === "closeFds" && value === true) continue;
      throw new TypeError(
        advice === undefined ? `unknown option ${repr(name)}` : `${name} is not supported here: ${advice}`,
      );
    }
    if (value !== fixed[name] && !(value === null && fixed[name] === false)) {
      throw new RangeError(`${name} must be ${String(fixed[name])}`);
    }
  }
}

function checkString(what: string, value: unknown): void {
  if (typeof value !== "string") throw new TypeError(`${what} must be strings, got ${repr(value)}`);
  if (value.includes("\0")) throw new RangeError("embedded null byte");
}

function spawnOptions(given: SubprocessOptions): Omit<SpawnOptions, "stdio" | "argv0"> {
  const { cwd, env, user, group, startNewSession = false } = given;
  return {
    ...(cwd != null && { cwd: folder(cwd) }),
    ...(env != null && { env: environmentOf(env) }),
    ...(user != null && { uid: idNumber("user", user) }),
    ...(group != null && { gid: idNumber("group", group) }),
    detached: startNewSession,
    windowsHide: true,
    windowsVerbatimArguments: false,
  };
}

function folder(cwd: string | URL): string {
  if (typeof cwd === "string") {
    checkString("cwd", cwd);
    return cwd;
  }
  if (cwd instanceof URL && cwd.protocol === "file:") return nodeModule<Url>("url", "cwd").fileURLToPath(cwd);
  throw new TypeError(`cwd must be a string or a file: URL, got ${repr(cwd)}`);
}

/** A copy, so that what was checked is what the child gets. As Node it takes what `env` inherits, too. */
function environmentOf(env: NonNullable<SubprocessOptions["env"]>): Record<string, string> {
  if (typeof env !== "object") throw new TypeError(`env must be an object of strings, got ${repr(env)}`);
  const checked: Record<string, string> = {};
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkString("env's names and values", name);
    checkString("env's names and values", value);
    // Windows keeps the folder of each drive in variables such as "=C:".
    if (name === "" || name.includes("=", isWindows ? 1 : 0)) throw new RangeError("illegal environment variable name");
    checked[name] = value;
  }
  return checked;
}

interface Url {
  fileURLToPath(url: URL): string;
}

function idNumber(name: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  if (typeof value === "string") throw new TypeError(`${name} must be a number here, got the name ${repr(value)}`);
  throw new RangeError(`${name} must be an integer >= 0, got ${repr(value)}`);
}

// ---- standard streams

/** `merged`: one new pipe is to serve as standard output and standard error. */
function standardStreams(given: SubprocessOptions): { readonly stdio: readonly Stdio[]; readonly merged: boolean } {
  const { stdin = null, stdout = null, stderr = null, passFds = [] } = given;
  const [input, output] = [redirected("stdin", stdin, 0), redirected("stdout", stdout, 1)];
  const merged = stderr === STDOUT && output === "pipe";
  const errors = merged ? "inherit" : stderr === STDOUT ? output : redirected("stderr", stderr, 2);
  const stdio = [input, output, errors];
  for (const fd of passFds) {
    if (!Number.isInteger(fd) || fd < 0) throw new RangeError(`passFds must be descriptors, got ${repr(fd)}`);
    if (fd < 3) continue;
    while (stdio.length <= fd) stdio.push("ignore");
    stdio[fd] = fd;
  }
  return { stdio, merged };
}

function redirected(name: string, to: unknown, own: number): Stdio {
  if (to === PIPE) return "pipe";
  if (to === DEVNULL) return "ignore";
  if (to === null) return own;
  if (typeof to === "number" && Number.isInteger(to) && to >= 0) return to;
  if (typeof to === "object") {
    const { fd } = to as { readonly fd?: unknown };
    if (typeof fd === "number" && fd >= 0) return fd;
    if (typeof (to as { readonly pipe?: unknown }).pipe === "function") return to;
  }
  if (to === STDOUT) throw new RangeError(`STDOUT can only be used for stderr, not for ${name}`);
  throw new TypeError(`${name} must be PIPE, DEVNULL, null, a descriptor or what has one, got ${repr(to)}`);
}
