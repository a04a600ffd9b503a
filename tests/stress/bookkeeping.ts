// What scenarios keep books with.

import type { Script } from "./kinds.ts";

export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** Counts who is inside, so that a scenario can tell that nobody is left behind, and that never too many were in. */
export class Inside {
  count: number = 0;
  private readonly most: number;

  constructor(most = Infinity) {
    this.most = most;
  }

  enter(): void {
    this.count++;
    this.check();
  }

  leave(): void {
    this.count--;
    this.check();
  }

  around(script: Script<unknown>): Script<unknown> {
    const self = this;
    return function* counted() {
      self.enter();
      try {
        return yield* script();
      } finally {
        self.leave();
      }
    };
  }

  private check(): void {
    assert(this.count >= 0 && this.count <= this.most, `${this.count} are inside, at most ${this.most} may be`);
  }

  readonly expectNone = (): void => {
    assert(this.count === 0, `${this.count} are left inside`);
  };
}
