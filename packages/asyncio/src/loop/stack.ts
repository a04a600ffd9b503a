/** The folder of the package's own modules as it stands in stack traces; null when everything is bundled in one file. */
const ownFolder = ((): string | null => {
  const match = /^(.*\/)loop\/stack\.[jt]s/.exec(import.meta.url);
  return match === null ? null : match[1]!.replace(/^file:\/\//, "");
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
    if (/\(?(node|ext|native):|\(native\)|<anonymous>\)?$|\[native code\]|^processTicksAndRejections/.test(frame)) continue;
    lines.push(frame);
  }
  return lines;
}

function isOwnFrame(frame: string): boolean {
  if (ownFolder === null || !frame.includes(ownFolder)) return false;
  return !/\.test\.[jt]s/.test(frame);
}

/** `file:line` of a frame in text form. */
export function placeOf(frame: string | undefined): string | null {
  if (frame === undefined) return null;
  const inner = /\(([^()]+)\)$/.exec(frame)?.[1] ?? frame.replace(/^async /, "");
  return inner.replace(/^file:\/\//, "").replace(/:(\d+):\d+$/, ":$1");
}
