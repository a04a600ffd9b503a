import type { Task } from "./task.ts";

/**
 * A stretch of a task that can be cancelled by itself: a timeout, a task group's body, a cancel scope. Scopes form a
 * tree; the path to the root says by whose cancellations a wait is meant. There are two kinds of them:
 *  - a *request* is delivered once (asyncio's edge-triggered cancellation). It names the scope it is for, or none, which
 *    means the whole task;
 *  - the *state* of a cancel scope lasts (trio's level-triggered one): every wait inside is cancelled until the scope is
 *    left, in child tasks of groups opened inside, too.
 * Both find their waits by the same path, and a shielded cancel scope on the way holds both back.
 */
export abstract class Scope {
  /** The scope around it; of a child's root the group that it belongs to. @internal */
  _outer: Scope | null = null;
  /** The innermost cancel scope on the path to the root, itself included. @internal */
  _cancelScope: CancelNode | null = null;

  /** Where a child task begins: requests for the whole task mean what is inside. @internal */
  get _isRoot(): boolean {
    return false;
  }

  /** Whether a deadline will end what waits inside. @internal */
  get _hasDeadline(): boolean {
    return false;
  }

  /** @internal */
  _enterFrom(outer: Scope | null): void {
    this._outer = outer;
    if (outer !== null) this._cancelScope = outer._cancelScope;
  }
}

/** The root of a child task's scopes; only children that can be reached by a cancel scope have one. */
export class ChildRoot extends Scope {
  override get _isRoot(): boolean {
    return true;
  }
}

/**
 * Holds back the state of cancel scopes around it, but no requests: for a wait that has to come to its end, against
 * everybody. A cancelled cancel scope would interrupt it again and again, without ever letting it wait.
 */
export class RequestsOnly extends Scope {
  override _enterFrom(outer: Scope | null): void {
    this._outer = outer;
  }
}

/** The root that the next task to be made begins in. */
export const nextTask: { root: Scope | null } = { root: null };

/** Whether a request for `scope` reaches a wait within `inner`. */
export function isWithin(inner: Scope | null, scope: Scope | null): boolean {
  for (let at = inner; at !== null; at = at._outer) {
    if (at === scope) return true;
    if (at._isRoot) break;
    if (at._cancelScope === at && at._cancelScope._shielded) return false;
  }
  return scope === null;
}

/** The cancelled cancel scope that a wait within `scope` is subject to. */
export function cancelledAround(scope: Scope | null): CancelNode | null {
  const node = scope === null ? null : scope._cancelScope;
  return node?._cancelledBy ?? null;
}

/**
 * A scope whose cancellation lasts. The nodes form a tree of their own, through tasks: a node knows the nodes directly
 * inside, and the tasks that have a part in it which is in none of those. What reaches a node is kept in it, so that
 * asking costs the same at any depth; a change spreads downwards once, without recursion.
 */
export abstract class CancelNode extends Scope {
  /** The outermost cancelled scope whose cancellation reaches this one (maybe itself). @internal */
  _cancelledBy: CancelNode | null = null;
  /** @internal */ _shielded: boolean = false;
  /** Whether it has been cancelled itself, and why. @internal */
  _called: boolean = false;
  /** @internal */ _reason: unknown = undefined;
  private readonly inner: Set<CancelNode> = new Set();
  private readonly members: Set<Task<unknown>> = new Set();

  constructor() {
    super();
    this._cancelScope = this;
  }

  /** @internal */
  override _enterFrom(outer: Scope | null): void {
    this._outer = outer;
    this.around()?.inner.add(this);
    this._cancelledBy = this.whatReachesIt();
  }

  /** @internal */
  _leave(): void {
    this.around()?.inner.delete(this);
  }

  /** @internal */
  _moveTo(outer: Scope): void {
    this._leave();
    this._outer = outer;
    this.around()?.inner.add(this);
    this._spread();
  }

  /** A task enters the scope, or begins in it. @internal */
  _join(task: Task<unknown>): void {
    this.members.add(task);
    task._joinScope(this);
  }

  /** A task has left the scope. @internal */
  _part(task: Task<unknown>): void {
    this.members.delete(task);
  }

  /** Its own state or shield has changed, or what it is in: tells everything inside. @internal */
  _spread(): void {
    const reached: [Task<unknown>, CancelNode][] = [];
    const toAsk: CancelNode[] = [this];
    for (const node of toAsk) {
      const cancelledBy = node.whatReachesIt();
      if (cancelledBy === node._cancelledBy) continue;
      const news = node._cancelledBy === null;
      node._cancelledBy = cancelledBy;
      for (const inner of node.inner) toAsk.push(inner);
      if (!news) continue;
      node._onReached(cancelledBy!);
      for (const task of node.members) reached.push([task, node]);
    }
    for (const [task, node] of reached) task._scopeCancelled(node);
  }

  /** A cancellation, its own or one from further out, has reached it. @internal */
  _onReached(_by: CancelNode): void {}

  private around(): CancelNode | null {
    return this._outer?._cancelScope ?? null;
  }

  /** Whether a cancellation from further out reaches it. @internal */
  get _reachedFromOutside(): boolean {
    return !this._shielded && (this.around()?._cancelledBy ?? null) !== null;
  }

  private whatReachesIt(): CancelNode | null {
    if (this._reachedFromOutside) return this.around()!._cancelledBy;
    return this._called ? this : null;
  }
}

/** The place of native code in its task: the value that the ambient frame carries. */
export class NativeScope {
  readonly task: Task<unknown>;
  readonly scope: Scope | null;

  constructor(task: Task<unknown>, scope: Scope | null) {
    this.task = task;
    this.scope = scope;
  }
}
