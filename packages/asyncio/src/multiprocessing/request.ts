/** A request to a shared object, at the object's home. Answered once; later answers are ignored. */
export class Request {
  /** The process that asks. */
  readonly node: string;
  /** Called when the one who asks does not wait any more. */
  onCancel: (() => void) | null = null;
  private answered: boolean = false;
  private readonly succeed: (value: unknown, giveBack: ((value: unknown) => void) | null) => void;
  private readonly failWith: (error: unknown) => void;

  constructor(
    node: string,
    succeed: (value: unknown, giveBack: ((value: unknown) => void) | null) => void,
    failWith: (error: unknown) => void,
  ) {
    this.node = node;
    this.succeed = succeed;
    this.failWith = failWith;
  }

  get isOpen(): boolean {
    return !this.answered;
  }

  resolve(value?: unknown): void {
    if (this.close()) this.succeed(value, null);
  }

  /** Answers with something that belongs to whoever takes it; `giveBack` is called when nobody does. */
  give(item: unknown, giveBack: (item: unknown) => void): void {
    if (this.close()) this.succeed(item, giveBack);
  }

  reject(error: unknown): void {
    if (this.close()) this.failWith(error);
  }

  cancel(): void {
    const { onCancel } = this;
    if (!this.close()) return;
    onCancel?.();
  }

  private close(): boolean {
    if (this.answered) return false;
    this.answered = true;
    this.onCancel = null;
    return true;
  }
}
