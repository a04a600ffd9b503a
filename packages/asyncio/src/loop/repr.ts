/** The symbol under which Node's, Bun's and Deno's `console.log` look for an object's own form. */
export const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");

interface Representable {
  _repr(): string;
}

/** A short form of any value for messages, in Python's manner where it is usual: 'text', ValueError('text'), <Task …>. */
export function repr(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return value.toString();
    case "function":
      return value.name === "" ? "<function>" : `<function ${value.name}>`;
    case "object":
      return value === null ? "null" : reprObject(value);
    default:
      return String(value);
  }
}

function reprObject(value: object): string {
  try {
    if (typeof (value as Partial<Representable>)._repr === "function") return (value as Representable)._repr();
    if (value instanceof Error)
      return value.message === "" ? `${value.name}()` : `${value.name}(${quote(value.message)})`;
    if (Array.isArray(value)) return `[${value.slice(0, 10).map(repr).join(", ")}${value.length > 10 ? ", …" : ""}]`;
    const name = value.constructor?.name;
    if (name === undefined || name === "Object") return reprPlain(value);
    return `<${name}>`;
  } catch {
    return "<object>";
  }
}

function quote(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const escaped = short.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replace(/'/g, "\\'")}'`;
}

function reprPlain(value: object): string {
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${isPlain(each) ? "{ … }" : repr(each)}`);
  const text = entries.slice(0, 8).join(", ");
  if (entries.length === 0) return "{}";
  return text.length > 120 || entries.length > 8 ? `{ ${text.slice(0, 120)}… }` : `{ ${text} }`;
}

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const MOST_SHOWN = 50;

/** A function in messages: its name; the beginning of its text when it has none. */
export function functionLabel(fn: { readonly name: string }): string {
  if (fn.name !== "") return fn.name;
  const text = Function.prototype.toString.call(fn).replace(/\s+/g, " ");
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** The name of a callback as messages show it. */
export function callbackName(callback: unknown): string {
  if (typeof callback !== "function") return repr(callback);
  return `${callback.name === "" ? "<anonymous>" : callback.name.replace(/^bound /, "")}()`;
}
