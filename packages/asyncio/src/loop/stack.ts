/**
 * The folders of the package's own modules as they stand in stack traces: the compiled ones, and the sources, which
 * source maps put in their place. Null when everything is bundled in one file.
 */
const ownFolders = ((): readonly string[] | null => {
  const match = /^(.*\/)(?:dist|src)\/loop\/stack\.[jt]s/.exec(import.meta.url);
  if (match === null) return null;
  const root = match[1]!.replace(/^file:\/\//, "");
  return [`${root}dist/`, `${root}src/`];
})();

const errorConstructor = Error as ErrorConstructor & {
  stackTraceLimit?: number;
  captureStackTrace?(target: object, above?: unknown): void;
};

/**
 * The frames that led to a place, the package's own left out, innermost first. Taking one costs 3 µs; the text is only
 * made when somebody reads it, which costs a hundred times as much where source maps are on.
 */
export class Trace {
  private error: Error | null;
  private text: string[] | null = null;

  private readonly limit: number;

  constructor(error: Error, limit: number) {
    this.error = error;
    this.limit = limit;
  }

  get lines(): string[] {
    if (this.text === null) {
      this.text = stackLines(this.error?.stack).slice(0, this.limit);
      this.error = null;
    }
    return this.text;
  }

  /** `file:line` of the innermost frame. */
  get place(): string | null {
    return placeOf(this.lines[0]);
  }
}

/** Where the caller is. For debug mode and test loops. */
export function captureStack(frames: number = 24): Trace {
  const before = errorConstructor.stackTraceLimit;
  errorConstructor.stackTraceLimit = frames;
  const trace = new Trace(new Error(), frames);
  if (before !== undefined) errorConstructor.stackTraceLimit = before;
  return trace;
}

/** A stack in text form without the frames at its end that are the package's own or the runtime's. */
export function withoutOwnEnd(stack: string): string {
  const lines = stack.split("\n");
  let end = lines.length;
  while (end > 0) {
    const frame = frameOf(lines[end - 1]!);
    if (frame === undefined || !(isOwnFrame(frame) || isRuntimeFrame(frame))) break;
    end--;
  }
  // All of it is the package's own: better than nothing.
  return end === 0 || frameOf(lines[end - 1]!) === undefined ? stack : lines.slice(0, end).join("\n");
}

/** The frames of a stack in text form, without the head line and without the package's own frames. */
export function stackLines(stack: string | undefined): string[] {
  if (stack === undefined) return [];
  const lines: string[] = [];
  for (const line of stack.split("\n")) {
    const frame = frameOf(line);
    if (frame !== undefined && !isOwnFrame(frame) && !isRuntimeFrame(frame)) lines.push(frame);
  }
  return lines;
}

/** A line of a stack without what introduces a frame; undefined for the head. */
function frameOf(line: string): string | undefined {
  return /^\s*at (.*)$/.exec(line)?.[1] ?? /^(.*@.*:\d+)$/.exec(line)?.[1];
}

function isRuntimeFrame(frame: string): boolean {
  return /\(?(node|ext|native):|\(native\)|<anonymous>\)?$|\[native code\]|^processTicksAndRejections/.test(frame);
}

function isOwnFrame(frame: string): boolean {
  if (ownFolders?.some((folder) => frame.includes(folder)) !== true) return false;
  return !/\.test\.[jt]s/.test(frame);
}

/** `file:line` of a frame in text form. */
export function placeOf(frame: string | undefined): string | null {
  if (frame === undefined) return null;
  const inner = /\(([^()]+)\)$/.exec(frame)?.[1] ?? frame.replace(/^async /, "");
  return inner.replace(/^file:\/\//, "").replace(/:(\d+):\d+$/, ":$1");
}
