import { Fifo } from "../sync/fifo.ts";
import type { Request } from "./request.ts";

/** Requests that wait for their turn, first in, first out, each with what it brings. */
export class WaitLine<T = undefined> {
  private entries: Fifo<{ readonly request: Request; readonly value: T }> = new Fifo();
  private withdrawn: number = 0;

  get length(): number {
    return this.entries.length - this.withdrawn;
  }

  push(request: Request, value: T): void {
    this.entries.push({ request, value });
    request.onCancel = () => {
      this.withdrawn++;
      // Somebody who asks again and again, with a timeout, must not fill the memory.
      if (this.withdrawn > 16 && this.withdrawn * 2 > this.entries.length) this.compact();
    };
  }

  /** Takes the first out that still waits; null when nobody does. */
  take(): { readonly request: Request; readonly value: T } | null {
    while (this.entries.length > 0) {
      const entry = this.entries.take();
      if (entry.request.isOpen) {
        entry.request.onCancel = null;
        return entry;
      }
      this.withdrawn--;
    }
    return null;
  }

  /** Answers all of them with an error each. */
  rejectAll(makeError: () => unknown): number {
    let count = 0;
    for (let entry = this.take(); entry !== null; entry = this.take(), count++) entry.request.reject(makeError());
    return count;
  }

  private compact(): void {
    const left = this.entries.toArray().filter(({ request }) => request.isOpen);
    this.entries = new Fifo();
    this.withdrawn = 0;
    for (const entry of left) this.entries.push(entry);
  }
}
