import { deepestPath, type FindUncloneableOptions, findUncloneable } from "./find-uncloneable.ts";

/**
 * A value cannot be passed to another thread or process; the message names the path to it. Python: `PicklingError`.
 * Only the call fails whose value it was.
 */
export class UncloneableError extends TypeError {
  static {
    this.prototype.name = "UncloneableError";
  }
  /** Where the value is: `args[0].users[3].onClick`. */
  readonly path: string;
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** Throws `UncloneableError` for a value that cannot pass, before anything is sent. */
export function checkCloneable(value: unknown, options: FindUncloneableOptions = {}): void {
  const found = findUncloneable(value, options);
  if (found !== null) throw new UncloneableError(`${found.message}, ${WHERE[options.border ?? "thread"]}`, found.path);
}

/** The error for a value that the runtime has refused with `cause` (of `postMessage`, say). */
export function uncloneableError(
  cause: unknown,
  value: unknown,
  options: FindUncloneableOptions = {},
): UncloneableError {
  const { border = "thread", root = "value" } = options;
  const found = findUncloneable(value, options);
  if (found !== null) return new UncloneableError(`${found.message}, ${WHERE[border]}`, found.path, { cause });
  if (cause instanceof RangeError) {
    const { depth, path } = deepestPath(value, options);
    return new UncloneableError(`${path} is nested too deeply (${depth} levels), ${WHERE[border]}`, path, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UncloneableError(`${root} cannot be cloned (${reason})`, root, { cause });
}

const WHERE = {
  thread: "which cannot be passed to another thread",
  process: "which cannot be passed to another process",
} as const;
