/**
 * Where an error was thrown in the other thread or process: the `cause` of an error that has come from there. Its own
 * `cause` is the one that the error had. concurrent.futures: `_RemoteTraceback`.
 */
export class RemoteTraceback extends Error {
  static {
    this.prototype.name = "RemoteTraceback";
  }
  constructor(traceback: string, options?: ErrorOptions) {
    super(`\n"""\n${traceback}\n"""`, options);
    // Where it was made tells nothing.
    Object.defineProperty(this, "stack", { value: String(this), writable: true, configurable: true });
  }
}
