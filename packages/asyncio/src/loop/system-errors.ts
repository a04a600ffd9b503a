import { builtin } from "../host/globals.ts";
import { TimeoutError } from "./errors.ts";
import { OSError, type OSErrorDetails } from "./os-error.ts";
import { sslError } from "./ssl-errors.ts";

/** Something is wrong with a connection. Python: `ConnectionError`. */
export class ConnectionError extends OSError {
  static {
    this.prototype.name = "ConnectionError";
  }
}

/** The peer has closed the connection without reading all that was sent. Python: `ConnectionResetError`. */
export class ConnectionResetError extends ConnectionError {
  static {
    this.prototype.name = "ConnectionResetError";
  }
}

/** Nobody listens there. Python: `ConnectionRefusedError`. */
export class ConnectionRefusedError extends ConnectionError {
  static {
    this.prototype.name = "ConnectionRefusedError";
  }
}

/** The connection was given up on this side. Python: `ConnectionAbortedError`. */
export class ConnectionAbortedError extends ConnectionError {
  static {
    this.prototype.name = "ConnectionAbortedError";
  }
}

/** Written to a pipe or socket whose other end is closed. Python: `BrokenPipeError`. */
export class BrokenPipeError extends ConnectionError {
  static {
    this.prototype.name = "BrokenPipeError";
  }
}

/** Python: `FileNotFoundError`. */
export class FileNotFoundError extends OSError {
  static {
    this.prototype.name = "FileNotFoundError";
  }
}

/** Python: `FileExistsError`. */
export class FileExistsError extends OSError {
  static {
    this.prototype.name = "FileExistsError";
  }
}

/** Python: `PermissionError`. */
export class PermissionError extends OSError {
  static {
    this.prototype.name = "PermissionError";
  }
}

/** Python: `IsADirectoryError`. */
export class IsADirectoryError extends OSError {
  static {
    this.prototype.name = "IsADirectoryError";
  }
}

/** Python: `NotADirectoryError`. */
export class NotADirectoryError extends OSError {
  static {
    this.prototype.name = "NotADirectoryError";
  }
}

/** The process has ended. Python: `ProcessLookupError`. */
export class ProcessLookupError extends OSError {
  static {
    this.prototype.name = "ProcessLookupError";
  }
}

/** A name could not be resolved to an address, or the reverse. Python: `socket.gaierror`. */
export class GaiError extends OSError {
  static {
    this.prototype.name = "GaiError";
  }
}

const classes: Readonly<Record<string, new (message: string, options: OSErrorDetails) => OSError>> = {
  EPIPE: BrokenPipeError,
  ESHUTDOWN: BrokenPipeError,
  ECONNABORTED: ConnectionAbortedError,
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  EEXIST: FileExistsError,
  ENOENT: FileNotFoundError,
  EISDIR: IsADirectoryError,
  ENOTDIR: NotADirectoryError,
  EACCES: PermissionError,
  EPERM: PermissionError,
  ESRCH: ProcessLookupError,
  ETIMEDOUT: TimeoutError,
};

interface Os {
  readonly constants: { readonly errno: Readonly<Record<string, number>> };
}
interface Util {
  getSystemErrorMap?(): ReadonlyMap<number, readonly [string, string]>;
}

/**
 * The error of Python's that `error`, an error of Node's, stands for: the class by its `code`, Node's fields, and the
 * error itself as `cause`. Without `text` the message has the system's own. What is no error of the system's, or one
 * of ours already, is given back as it is.
 */
export function systemError(error: unknown, text?: string): unknown {
  if (error instanceof OSError || typeof error !== "object" || error === null) return error;
  const { code, syscall, address, port, path } = error as OSErrorDetails;
  if (typeof code !== "string") return error;
  if (syscall === "getaddrinfo" || syscall === "getnameinfo") {
    return new GaiError(text ?? (error as unknown as Error).message, { cause: error, code, syscall });
  }
  const errno = errnoOf(code);
  if (errno === undefined && classes[code] === undefined) return sslError(error) ?? error;
  return makeSystemError(code, text, { cause: error, syscall, address, port, path });
}

/** An error of the system's that this package found itself: `makeSystemError("ECONNRESET", "Connection lost")`. */
export function makeSystemError(code: string, text?: string, details: OSErrorDetails = {}): OSError {
  const errno = errnoOf(code);
  const what = text ?? describeErrno(code);
  const message = errno === undefined ? what : `[Errno ${errno}] ${what}`;
  return new (classes[code] ?? OSError)(message, { ...details, code, errno });
}

function errnoOf(code: string): number | undefined {
  return builtin<Os>("os")?.constants.errno[code];
}

const texts: Map<string, string> = new Map();

/** As the C library words it, with which libuv agrees but for the first letter. */
export function describeErrno(code: string): string {
  if (texts.size === 0) {
    for (const [name, text] of builtin<Util>("util")?.getSystemErrorMap?.().values() ?? []) {
      texts.set(name, text.charAt(0).toUpperCase() + text.slice(1));
    }
  }
  return texts.get(code) ?? code;
}
