/**
 * At most so many operations of the runtime at once, in the whole process; the others wait in order. A place belongs to
 * the operation, not to the task that wants its outcome: when the task is cancelled, or its loop closed, the place
 * becomes free only when the operation has really ended.
 */
export class OperationQueue {
  private readonly limit: number;
  private running: number = 0;
  private starting: boolean = false;
  private readonly waiting: Set<(ended: () => void) => void> = new Set();

  constructor(limit: number) {
    this.limit = limit;
  }

  /**
   * Starts an operation, now or later; it must not throw, and calls `ended` when it has ended. Gives back what withdraws
   * it while it waits.
   */
  add(start: (ended: () => void) => void): () => void {
    this.waiting.add(start);
    this.startNext();
    return () => void this.waiting.delete(start);
  }

  private startNext(): void {
    if (this.starting) return; // An operation that ends at once comes back here.
    this.starting = true;
    for (const start of this.waiting) {
      if (this.running >= this.limit) break;
      this.waiting.delete(start);
      this.running++;
      let over = false;
      start(() => {
        if (over) return;
        over = true;
        this.running--;
        this.startNext();
      });
    }
    this.starting = false;
  }
}
