import type { BaseLoop } from "../loop/base-loop.ts";
import type { Context } from "../loop/context.ts";
import { type Callback, Handle } from "../loop/handle.ts";

/**
 * What happened outside (a socket has data, a child has ended) enters the loop as a handle, like any callback: in
 * order, never inside a step, and only while the loop runs. A closed loop hears no more.
 */
export function enter<A extends unknown[]>(
  loop: BaseLoop,
  context: Context,
  callback: (...args: A) => void,
  ...args: A
): void {
  if (loop.isClosed()) return;
  loop._enqueue(new Handle(loop, callback as Callback, args.length === 0 ? null : args, context));
}
