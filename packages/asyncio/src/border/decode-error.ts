import { RuntimeError } from "../loop/errors.ts";
import { findPrototype } from "./error-classes.ts";
import type { ErrorRecord, Field, ThrownRecord } from "./error-record.ts";
import { RemoteTraceback } from "./remote-traceback.ts";

/**
 * What `encodeError` was given, as far as it can be had on this side: see `registerError`. An error gets a
 * `RemoteTraceback` with the stack of the other side for its cause, and its own cause below that. What was thrown and is
 * no error is given back as it is; when it could not pass, a `RuntimeError` describes it.
 */
export function decodeError(record: ThrownRecord): unknown {
  const { thrown, records } = checked(record);
  const errors = records.map(restore);
  for (let index = 0; index < records.length; index++) complete(errors[index]!, records[index]!, errors);
  if ("text" in thrown) return new RuntimeError(`what was thrown cannot be passed on: ${thrown.text}`);
  const value = fieldValue(thrown, errors);
  if ("error" in thrown) addTraceback(value as Error, records[thrown.error]!);
  return value;
}

function checked(record: ThrownRecord): ThrownRecord {
  if (typeof record === "object" && record !== null && Array.isArray(record.records) && record.thrown != null) {
    return record;
  }
  throw new TypeError("decodeError() takes what encodeError() gives");
}

function addTraceback(error: Error, { stack }: ErrorRecord): void {
  const cause = Object.hasOwn(error, "cause") ? { cause: error.cause } : undefined;
  define(error, "cause", new RemoteTraceback(stack, cause));
}

/** The error without what other errors are part of. */
function restore({ classes, name, message, stack }: ErrorRecord): Error {
  const error = instantiate(classes, name, message);
  if (error.message !== message) define(error, "message", message);
  if (error.name !== name) define(error, "name", name);
  define(error, "stack", stack);
  return error;
}

interface DOMExceptionClass {
  new (message: string, name: string): Error;
}

/** By an engine's own constructor, for what only that makes: `Error.isError`, structured clone, the console's form. */
function instantiate(classes: readonly string[], name: string, message: string): Error {
  const { DOMException } = globalThis as { readonly DOMException?: DOMExceptionClass };
  if (DOMException !== undefined && classes[0] !== undefined && /^(js:)?DOMException$/.test(classes[0])) {
    return new DOMException(message, name);
  }
  const prototype = findPrototype(classes) ?? Error.prototype;
  const error = withoutStack(() => (isAggregate(prototype) ? new AggregateError([]) : new Error()));
  if (Object.getPrototypeOf(error) !== prototype) Object.setPrototypeOf(error, prototype);
  return error;
}

function isAggregate(prototype: object): boolean {
  return prototype === AggregateError.prototype || prototype instanceof AggregateError;
}

function withoutStack(make: () => Error): Error {
  const limited = Error as ErrorConstructor & { stackTraceLimit?: number };
  const before = limited.stackTraceLimit;
  if (before === undefined) return make();
  limited.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    limited.stackTraceLimit = before;
  }
}

function complete(error: Error, record: ErrorRecord, errors: readonly Error[]): void {
  if (record.cause !== undefined) define(error, "cause", fieldValue(record.cause, errors));
  if (record.errors !== undefined) define(error, "errors", fieldValue(record.errors, errors));
  for (const [key, field] of record.fields) define(error, key, fieldValue(field, errors), true);
}

function fieldValue(field: Field, errors: readonly Error[]): unknown {
  if ("error" in field) return errors[field.error];
  if ("list" in field) return field.list.map((each) => fieldValue(each, errors));
  return "text" in field ? field.text : field.value;
}

function define(error: Error, key: string, value: unknown, enumerable: boolean = false): void {
  Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
}
