import { type CancelledError, isCancelled, leavesLoop } from "../loop/errors.ts";
import type { Runnable } from "../loop/runnable.ts";
import { running } from "../loop/running.ts";
import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import type { CoroutineLike } from "../tasks/coroutine-like.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import type { Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { createChildTask } from "./child-task.ts";
import { ExceptionGroup } from "./exception-group.ts";

/** Who is told that a member of a crew is done. */
export interface CrewOwner {
  _memberDone(member: Future<unknown>, key: number): void;
}

/**
 * Tasks that must not outlive the coroutine they work for. Unlike a task group it has no opinion on failures: its owner
 * decides what the end of a member means, and whether the others go on.
 */
export class Crew {
  private readonly loop: EventLoop;
  private readonly owner: CrewOwner;
  private readonly scope: Scope | null;
  private readonly members: Set<Future<unknown>> = new Set();
  /** Who waits for the last one. */
  private readonly lot: ParkingLot = new ParkingLot();

  /** `scope`: where the owner waits for it all the time; the cancel scopes around it are the new tasks', too. */
  constructor(loop: EventLoop, owner: CrewOwner, scope: Scope | null) {
    this.loop = loop;
    this.owner = owner;
    this.scope = scope;
  }

  get size(): number {
    return this.members.size;
  }

  /** Makes a task a member. */
  start(coroutine: CoroutineLike<unknown>, key: number): void {
    this.add(createChildTask(this.loop, this.scope, coroutine), key);
  }

  /** The owner is told in the iteration after the member is done, under `key`. */
  add(member: Future<unknown>, key: number): void {
    this.members.add(member);
    member._addCallback(new MemberDone(this, member, key));
  }

  cancel(): void {
    for (const member of this.members) member.cancel();
  }

  /** Waits for the last member; a cancellation ends the wait, not the members. */
  *ended(): CoroutineGenerator<void> {
    while (this.members.size > 0) yield* parkIn(this.lot, new Waiter(this.loop));
  }

  /** Waits for the last member, whatever happens; gives the first cancellation that came meanwhile, null for none. */
  *join(): CoroutineGenerator<CancelledError | null> {
    let cancellation: CancelledError | null = null;
    while (this.members.size > 0) {
      try {
        yield* parkIn(this.lot, new EndWaiter(this.loop));
      } catch (error) {
        if (!isCancelled(error)) throw error;
        cancellation ??= error;
      }
    }
    return cancellation;
  }

  /** @internal */
  _done(member: Future<unknown>, key: number): void {
    this.members.delete(member);
    this.owner._memberDone(member, key);
    if (this.members.size === 0) this.lot.unparkMany(Infinity, undefined);
  }
}

class MemberDone implements Runnable {
  private readonly crew: Crew;
  private readonly member: Future<unknown>;
  private readonly key: number;

  constructor(crew: Crew, member: Future<unknown>, key: number) {
    this.crew = crew;
    this.member = member;
    this.key = key;
  }

  _run(): void {
    running.task = null;
    this.crew._done(this.member, this.key);
  }
}

/** For a wait that has to come to its end: a cancelled cancel scope would interrupt it again and again. */
export class EndWaiter extends Waiter {
  override get _outlastsScopes(): boolean {
    return true;
  }
}

/** Waits in a lot until somebody says that there is something new to look at. */
export function* parkIn(lot: ParkingLot, waiter: Waiter): CoroutineGenerator<void> {
  lot.park(waiter);
  try {
    yield* waiter;
  } finally {
    lot.leave(waiter);
  }
}

/** One report of errors that came besides the one that is thrown. */
export function reportBesides(loop: EventLoop, where: string, errors: readonly unknown[]): void {
  const unseen = errors.filter((error) => !isCancelled(error) && !leavesLoop(error)); // Those leave by themselves.
  if (unseen.length === 0) return;
  loop.callExceptionHandler({
    message: `${where}: more went wrong than the caller is told`,
    exception: unseen.length === 1 ? unseen[0] : new ExceptionGroup(`errors besides that of ${where}`, unseen),
  });
}
