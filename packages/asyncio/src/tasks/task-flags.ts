/*
 * What makes a task irregular: the bits of `_irregular`. While none is set, its next step is `iterator.next()`, and
 * nothing is looked at when it waits.
 */

export const NOT_STARTED = 1;
/** A request for the whole task is pending that found nothing to cancel: the next step, or the next wait, takes it. */
export const MUST_CANCEL = 2;
/** The next step throws what `_throwNext` was given. */
export const THROW_NEXT = 4;
/** The task has a part in a cancelled cancel scope: each of its waits is looked at. */
export const IN_CANCELLED = 8;
/** A request for cancellation is being passed on from the task to what it waits for. */
export const PASSING_ON = 16;
/** Its first step runs inside `createTask`: whoever made it goes on after it. */
export const IN_EAGER_STEP = 32;
/** Requests for some scopes are pending: the next step within one, or the next wait, takes it. */
export const MUST_CANCEL_SCOPES = 64;
