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

/** The stack of the caller with up to `limit` frames, the package's own left out. For debug mode: it costs microseconds. */
export function captureStack(limit: number = 20): string[] {
  const before = errorConstructor.stackTraceLimit;
  errorConstructor.stackTraceLimit = limit + 10;
  const lines = stackLines(new Error().stack);
  if (before !== undefined) errorConstructor.stackTraceLimit = before;
  return lines.slice(0, limit);
}

/** The frames of a stack in text form, without the head line and without the package's own frames. */
export function stackLines(stack: string | undefined): string[] {
  if (stack === undefined) return [];
  const lines: string[] = [];
  for (const line of stack.split("\n")) {
    const frame = /^\s*at (.*)$/.exec(line)?.[1] ?? /^(.*@.*:\d+)$/.exec(line)?.[1];
    if (frame === undefined || isOwnFrame(frame)) continue;
    if (/\(?(node|ext|native):|\(native\)|<anonymous>\)?$|\[native code\]|^processTicksAndRejections/.test(frame))
      continue;
    lines.push(frame);
  }
  return lines;
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

/** An error whose stack (formatted only when somebody reads it) names the line that called the package. 2–3 µs. */
export function markPlace(): Error | null {
  if (errorConstructor.captureStackTrace === undefined) return null;
  const before = errorConstructor.stackTraceLimit;
  errorConstructor.stackTraceLimit = 4;
  const mark = new Error();
  if (before !== undefined) errorConstructor.stackTraceLimit = before;
  return mark;
}
