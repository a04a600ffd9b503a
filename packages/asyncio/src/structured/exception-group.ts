import { repr } from "../loop/repr.ts";

/** An error class; abstract ones are welcome too. */
// biome-ignore lint/suspicious/noExplicitAny: any error class
export type ErrorClass<E = unknown> = abstract new (...args: any[]) => E;
/** What members a split is about: a class, several classes, or a predicate (asked of groups as well as of their members). */
export type GroupCondition = ErrorClass | readonly ErrorClass[] | ((error: unknown) => boolean);

/** Several errors at once, possibly nested. Python: `ExceptionGroup`. */
export class ExceptionGroup extends AggregateError {
  static {
    this.prototype.name = "ExceptionGroup";
  }

  /** `errors` must not be empty. Throws `TypeError` / `RangeError` as Python does. */
  constructor(message: string, errors: Iterable<unknown>, options?: ErrorOptions) {
    if (typeof message !== "string") throw new TypeError(`argument 1 must be a string, not ${typeof message}`);
    const members = [...errors];
    if (members.length === 0) throw new RangeError("second argument (exceptions) must be a non-empty sequence");
    super(members, message, options);
  }

  /** Python's name of `errors`. */
  get exceptions(): readonly unknown[] {
    return this.errors as unknown[];
  }

  /** A group of the same kind with other members; message, cause and stack are taken over by `split` and `subgroup`. */
  derive(errors: readonly unknown[]): ExceptionGroup {
    return new ExceptionGroup(this.message, errors);
  }

  /** The members that match and those that do not, each as a group of the same nesting; null for none. */
  split(condition: GroupCondition): [matching: ExceptionGroup | null, rest: ExceptionGroup | null] {
    return this.splitBy(toPredicate(condition));
  }

  /** The members that match as a group of the same nesting; null when there are none. */
  subgroup(condition: GroupCondition): ExceptionGroup | null {
    return this.split(condition)[0];
  }

  private splitBy(matches: (error: unknown) => boolean): [ExceptionGroup | null, ExceptionGroup | null] {
    if (matches(this)) return [this, null];
    const matching: unknown[] = [];
    const rest: unknown[] = [];
    for (const error of this.errors as unknown[]) {
      if (error instanceof ExceptionGroup) {
        const [yes, no] = error.splitBy(matches);
        if (yes !== null) matching.push(yes);
        if (no !== null) rest.push(no);
      } else if (matches(error)) {
        matching.push(error);
      } else {
        rest.push(error);
      }
    }
    if (rest.length === 0) return [this, null];
    if (matching.length === 0) return [null, this];
    return [this.like(matching), this.like(rest)];
  }

  private like(errors: unknown[]): ExceptionGroup {
    const group = this.derive(errors);
    if (this.cause !== undefined) group.cause = this.cause;
    if (this.stack !== undefined) group.stack = this.stack;
    return group;
  }

  override toString(): string {
    const count = this.errors.length;
    return `${this.name}: ${this.message} (${count} sub-exception${count === 1 ? "" : "s"})`;
  }

  /** @internal */
  _repr(): string {
    return `${this.name}(${repr(this.message)}, ${repr(this.errors)})`;
  }
}

function toPredicate(condition: GroupCondition): (error: unknown) => boolean {
  if (Array.isArray(condition)) return (error) => condition.some((each) => error instanceof each);
  if (typeof condition !== "function")
    throw new TypeError("expected a function, an error class or an array of error classes");
  if (isErrorClass(condition)) return (error) => error instanceof condition;
  return condition as (error: unknown) => boolean;
}

function isErrorClass(value: unknown): value is ErrorClass {
  return value === Error || (value as { readonly prototype?: unknown }).prototype instanceof Error;
}
