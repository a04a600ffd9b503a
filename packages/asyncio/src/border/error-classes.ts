import {
  BrokenBarrierError,
  BrokenResourceError,
  CancelledError,
  ClosedResourceError,
  EndOfChannel,
  InvalidStateError,
  KeyboardInterrupt,
  NotImplementedError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  SendfileNotAvailableError,
  StopIteration,
  TimeoutError,
  WouldBlock,
} from "../loop/errors.ts";
import { OSError } from "../loop/os-error.ts";
import { SslCertVerificationError, SslError } from "../loop/ssl-errors.ts";
import {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  GaiError,
  IsADirectoryError,
  NotADirectoryError,
  PermissionError,
  ProcessLookupError,
} from "../loop/system-errors.ts";
import { IncompleteReadError, LimitOverrunError } from "../net/stream-errors.ts";
import { type ErrorClass, ExceptionGroup } from "../structured/exception-group.ts";
import { RemoteTraceback } from "./remote-traceback.ts";
import { UncloneableError } from "./uncloneable-error.ts";

/** Names of the language's classes and of ours carry these, so that a program's `TimeoutError` is not taken for ours. */
const LANGUAGE = "js:";
const OURS = "asyncio-ts:";

const prototypes: Map<string, object> = new Map();
const keys: WeakMap<object, string> = new WeakMap();

/**
 * Lets errors of a class arrive as such from another thread or process. Both sides call it, best in the module that
 * declares the class. `name` (default: the class's) must be the same on both sides. Fields that are own properties are
 * restored; the constructor is not called, so private `#fields` are missing.
 *
 * Without it, an error arrives as an instance of the nearest class that is known, with the right `name`, message and
 * properties. Python has no counterpart: pickle imports the class.
 * Throws `TypeError` for what is no error class, `RangeError` when another class has the name.
 */
export function registerError(errorClass: ErrorClass, name: string = errorClass?.name): void {
  if (typeof errorClass !== "function" || !(errorClass.prototype instanceof Error)) {
    throw new TypeError("registerError() takes a class that extends Error");
  }
  if (typeof name !== "string" || name === "") throw new TypeError("registerError() needs a name for a nameless class");
  if (name.startsWith(LANGUAGE) || name.startsWith(OURS)) throw new RangeError(`the name '${name}' is reserved`);
  const known = prototypes.get(name);
  // A module that is loaded twice, by a bundler's or a test runner's doing, registers its class twice.
  if (known !== undefined && !sameSource(known, errorClass)) {
    throw new RangeError(`another error class is registered as '${name}': give a name of your own`);
  }
  add(name, errorClass);
}

/** A class of this package's. */
export function registerOwnErrors(...classes: ErrorClass[]): void {
  for (const each of classes) add(OURS + each.name, each);
}

function add(key: string, errorClass: ErrorClass): void {
  const prototype = errorClass.prototype as object;
  prototypes.set(key, prototype);
  keys.set(prototype, key);
}

function sameSource(prototype: object, errorClass: ErrorClass): boolean {
  const source = (fn: unknown): string => Function.prototype.toString.call(fn);
  return prototype.constructor === errorClass || source(prototype.constructor) === source(errorClass);
}

/** The keys of an error's classes, the nearest first, up to Error. */
export function classKeys(error: object): string[] {
  const found: string[] = [];
  // A bound, for proxies that are their own prototype.
  for (let at = prototypeOf(error); at !== null && found.length < 100; at = prototypeOf(at)) {
    if (at === Object.prototype) break;
    const key = keys.get(at) ?? nameOf(at);
    if (key !== null) found.push(key);
  }
  return found;
}

/** The prototype for the first key that is known here; null when none is. */
export function findPrototype(classes: readonly unknown[]): object | null {
  for (const key of classes) {
    const prototype = typeof key === "string" ? prototypes.get(key) : undefined;
    if (prototype !== undefined) return prototype;
  }
  return null;
}

function prototypeOf(value: object): object | null {
  try {
    return Object.getPrototypeOf(value) as object | null;
  } catch {
    return null;
  }
}

/** Of a class that is not registered; one of the language's from another realm counts as this realm's. */
function nameOf(prototype: object): string | null {
  try {
    const { constructor: owner } = prototype;
    if (typeof owner !== "function" || typeof owner.name !== "string") return null;
    const isNative = /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(owner));
    return isNative ? LANGUAGE + owner.name : owner.name;
  } catch {
    return null;
  }
}

for (const each of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError]) {
  add(LANGUAGE + each.name, each);
}
/** Node 24 and later. */
const { SuppressedError } = globalThis as { readonly SuppressedError?: ErrorClass };
if (SuppressedError !== undefined) add(`${LANGUAGE}SuppressedError`, SuppressedError);
registerOwnErrors(
  BrokenBarrierError,
  BrokenPipeError,
  BrokenResourceError,
  CancelledError,
  ClosedResourceError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  EndOfChannel,
  ExceptionGroup,
  FileExistsError,
  FileNotFoundError,
  GaiError,
  IncompleteReadError,
  InvalidStateError,
  IsADirectoryError,
  KeyboardInterrupt,
  LimitOverrunError,
  NotADirectoryError,
  NotImplementedError,
  OSError,
  PermissionError,
  ProcessLookupError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RemoteTraceback,
  RuntimeError,
  SendfileNotAvailableError,
  SslCertVerificationError,
  SslError,
  StopIteration,
  TimeoutError,
  UncloneableError,
  WouldBlock,
);
