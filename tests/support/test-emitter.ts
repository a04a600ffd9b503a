type Listener = (...args: unknown[]) => void;

/** For tests, in browsers as well: what EventEmitters have in common. */
export class TestEmitter {
  private readonly listeners: [name: string | symbol, listener: Listener][] = [];

  on(name: string | symbol, listener: (...args: unknown[]) => void): this {
    this.listeners.push([name, listener]);
    return this;
  }

  removeListener(name: string | symbol, listener: (...args: unknown[]) => void): this {
    const at = this.listeners.findIndex(([each, own]) => each === name && own === listener);
    if (at >= 0) this.listeners.splice(at, 1);
    return this;
  }

  emit(name: string, ...args: unknown[]): void {
    for (const [each, listener] of [...this.listeners]) if (each === name) listener(...args);
  }

  /** How many listeners there are, of all names. */
  count(): number {
    return this.listeners.length;
  }
}
