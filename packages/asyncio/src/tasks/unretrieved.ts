import type { BaseLoop } from "../loop/base-loop.ts";

/** What the book needs of a future that failed. */
interface FailedFuture {
  readonly _value: unknown;
  readonly _sourceTraceback: string[] | null;
  readonly _kind: string;
  _repr(): string;
}

const SWEEP_AT = 1000;

/** One error that nobody has looked at yet. */
export class UnretrievedRecord {
  seen: boolean = false;
  readonly error: unknown;
  readonly kind: string;
  readonly sourceTraceback: string[] | null;
  /** Held while the failure is fresh; afterwards only its description is, or it would never be collected. */
  future: FailedFuture | null;
  description: string = "";

  constructor(future: FailedFuture) {
    this.future = future;
    this.error = future._value;
    this.kind = future._kind;
    this.sourceTraceback = future._sourceTraceback;
  }

  forget(): void {
    this.seen = true;
    this.future = null;
  }

  letGo(): object {
    const future = this.future!;
    // An unformatted stack holds what its frames belong to: in V8, the task itself.
    if (this.error instanceof Error) void this.error.stack;
    this.description = future._repr();
    this.future = null;
    return future;
  }
}

/** Stands for a future in a report, without holding it. */
class Description {
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  /** @internal */
  _repr(): string {
    return this.text;
  }
  toString(): string {
    return this.text;
  }
}

/**
 * The errors of a loop that nobody has looked at. asyncio reports them when the future is collected, which may be hours
 * later or never; here they are also reported when the loop closes, and in debug mode one iteration after the failure.
 *
 * A `FinalizationRegistry` entry costs 110–520 ns, so a failure is entered there only when it is still unseen once the
 * loop goes to sleep: until then most have been retrieved.
 */
export class FailureBook {
  private readonly loop: BaseLoop;
  private fresh: UnretrievedRecord[] = [];
  private readonly old: Set<UnretrievedRecord> = new Set();
  private readonly registry: FinalizationRegistry<UnretrievedRecord> | null;

  constructor(loop: BaseLoop) {
    this.loop = loop;
    this.registry =
      typeof FinalizationRegistry === "undefined" ? null : new FinalizationRegistry((record) => this.report(record));
  }

  add(future: FailedFuture): UnretrievedRecord {
    const record = new UnretrievedRecord(future);
    this.fresh.push(record);
    if (this.fresh.length > SWEEP_AT) this.sweep();
    if (this.loop.getDebug()) {
      const report = (): void => this.report(record);
      this.loop._enqueue({ _run: () => this.loop._enqueue({ _run: report }) });
    }
    return record;
  }

  /** The loop goes to sleep: what is still unseen is suspicious. */
  sweep(): void {
    if (this.fresh.length === 0 && this.old.size === 0) return;
    const { fresh } = this;
    this.fresh = [];
    for (const record of fresh) {
      if (record.seen) continue;
      this.registry?.register(record.letGo(), record);
      this.old.add(record);
    }
    for (const record of this.old) if (record.seen) this.old.delete(record);
  }

  reportAll(): void {
    this.sweep();
    for (const record of this.old) this.report(record);
  }

  private report(record: UnretrievedRecord): void {
    this.old.delete(record);
    if (record.seen) return;
    if (record.future !== null) record.letGo();
    record.seen = true;
    this.loop.callExceptionHandler({
      message: `${record.kind} exception was never retrieved`,
      exception: record.error,
      future: new Description(record.description),
      ...(record.sourceTraceback !== null && { sourceTraceback: record.sourceTraceback }),
    });
  }
}
