import { registerOwnErrors } from "../border/error-classes.ts";
import { RuntimeError } from "../loop/errors.ts";

/** The other end of a connection is closed, and nothing is left to receive. Python: `EOFError`. */
export class EOFError extends Error {
  static {
    this.prototype.name = "EOFError";
  }
}

/**
 * A process ended while another one waited for it, or had something under way to it. Python has no counterpart: there the
 * other one waits for ever.
 */
export class ProcessDiedError extends RuntimeError {
  static {
    this.prototype.name = "ProcessDiedError";
  }
}

/** What a manager was asked for and does not have. Python: `KeyError`. */
export class KeyError extends Error {
  static {
    this.prototype.name = "KeyError";
  }
}

registerOwnErrors(EOFError, KeyError, ProcessDiedError);
