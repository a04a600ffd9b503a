/**
 * The few globals of the runtimes that the package touches, typed here so that neither @types/node nor the DOM
 * leaks into the public declarations. They are captured at import: fake timers installed later do not reach the loop.
 */
export interface ProcessLike {
  readonly versions?: { readonly node?: string; readonly bun?: string; readonly deno?: string };
  readonly env?: Record<string, string | undefined>;
  exitCode?: number | string | undefined;
  nextTick(callback: () => void): void;
  getBuiltinModule?(name: string): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
  listenerCount(event: string): number;
  emit(event: string, ...args: unknown[]): boolean;
  exit(code: number): never;
  kill(pid: number, signal: string | number): boolean;
}

interface Globals {
  readonly process?: ProcessLike;
  readonly Deno?: { readonly internal: symbol; readonly [key: symbol]: unknown };
  readonly Bun?: unknown;
  readonly performance: { now(): number };
  readonly console: { error(...values: unknown[]): void; warn(...values: unknown[]): void };
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  setInterval(callback: () => void, ms: number): unknown;
  clearInterval(timer: unknown): void;
  setImmediate?(callback: () => void): unknown;
  queueMicrotask(callback: () => void): void;
  readonly MessageChannel?: new () => { readonly port1: Port; readonly port2: Port };
}
interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

export const globals = globalThis as unknown as Globals;

/** `process`, where it is a real one: browsers' bundlers like to put an empty shim there. */
export const nodeProcess: ProcessLike | undefined =
  typeof globals.process?.getBuiltinModule === "function" ? globals.process : undefined;

export const isDeno = globals.Deno !== undefined;
export const isBun = globals.Bun !== undefined;

/** A builtin module of Node, Bun or Deno, without an import statement that a browser's bundler would trip over. */
export function builtin<T>(name: string): T | undefined {
  return nodeProcess?.getBuiltinModule?.(name.includes(":") ? name : `node:${name}`) as T | undefined;
}
