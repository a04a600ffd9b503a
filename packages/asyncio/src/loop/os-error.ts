/** What is known of an error of the operating system, in Node's names. */
export interface OSErrorDetails extends ErrorOptions {
  /** The name of the error number: `"ECONNREFUSED"`. */
  readonly code?: string | undefined;
  /** The error number as the system's headers and Python have it: positive. */
  readonly errno?: number | undefined;
  /** The call that failed: `"connect"`. */
  readonly syscall?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
}

/**
 * An operation of the operating system failed. Python: `OSError`, with its subclasses for the common causes. `code` tells
 * the cause in Node's way; an error of Node's from which it was made is its `cause`.
 */
export class OSError extends Error {
  static {
    this.prototype.name = "OSError";
  }
  declare readonly code?: string;
  declare readonly errno?: number;
  declare readonly syscall?: string;
  declare readonly address?: string;
  declare readonly port?: number;
  declare readonly path?: string;
  constructor(message = "", options: OSErrorDetails = {}) {
    super(message, options);
    for (const key in options) {
      const value = options[key as keyof OSErrorDetails];
      if (value !== undefined && key !== "cause") (this as unknown as Record<string, unknown>)[key] = value;
    }
  }
}
