import { takePlace } from "../loop/first-places.ts";
import { functionLabel, repr } from "../loop/repr.ts";
import { placeOf } from "../loop/stack.ts";
import type { Future } from "./future.ts";
import { isCoroutine } from "./kinds.ts";
import { openWaits, waitsFor } from "./open-waits.ts";
import { rareState } from "./rare-state.ts";
import type { Task } from "./task.ts";
import { awaitedAt, madeAt } from "./wanted-places.ts";

/*
 * What reports say of a task: its coroutine, where it waits, and for what. Of another task only the short form is
 * given: the forms of a chain of tasks would grow with the square of its length.
 */

/** What stands in a task's repr between its state and the rest. */
export function reprParts(task: Task<unknown>): string[] {
  const parts = [`name='${task.getName()}'`, `coro=<${reprCoro(task)}>`];
  const waiter = task._state === 0 ? waitsFor(task)[0] : undefined;
  if (waiter !== undefined)
    parts.push(`wait_for=${waiter._asTask === null ? repr(waiter) : reprShort(waiter._asTask)}`);
  return parts;
}

/** Without what it waits for in turn. */
function reprShort(task: Task<unknown>): string {
  const state = task._state === 0 ? (task._cancelRequests > 0 ? "cancelling" : "pending") : "done";
  return `<Task ${state} name='${task.getName()}' coro=<${reprCoro(task)}>>`;
}

/** Names a task where its whole form would be too long. */
export function taskLabel(task: Task<unknown>): string {
  return `task ${repr(task.getName())} (${coroutineName(task)})`;
}

/** For the report of a deadlock: the task and, outside of debug mode, what is known of its place. */
export function describeWaiting(task: Task<unknown>): string {
  const waiters = waitsFor(task).map((waiter) =>
    waiter._asTask === null ? repr(waiter._subject) : reprShort(waiter._asTask),
  );
  const what = waiters.length === 0 ? "a promise that is not asyncio-ts's" : waiters.join(", ");
  const place = placeOf(whereItWaits(task)[0]);
  const defined = place === null ? definedAt(task) : null;
  const who = `${coroutineName(task)}${defined === null ? "" : `, defined at ${defined}`}`;
  return `${task.getName()} (${who}) waits for ${what}${place === null ? "" : ` at ${place}`}`;
}

function reprCoro(task: Task<unknown>): string {
  const name = coroutineName(task);
  const label = /[ (]/.test(name) ? name : `${name}()`;
  const defined = definedAt(task);
  if (task._state !== 0) return `${label} done${defined === null ? "" : `, defined at ${defined}`}`;
  const place = placeOf(whereItWaits(task)[0]) ?? defined ?? placeOf(task._sourceTraceback?.[0]);
  return `${label} running${place === null ? "" : ` at ${place}`}`;
}

export function coroutineName(task: Task<unknown>): string {
  const { _source: source } = task;
  if (isCoroutine(source)) return source.name;
  return typeof source === "function" ? functionLabel(source) : "<generator>";
}

function definedAt(task: Task<unknown>): string | null {
  return isCoroutine(task._source) ? task._source._definedAt : null;
}

// ---- places

/** The frames of where a task waits, innermost first; empty where nothing is known. */
export function whereItWaits(task: Task<unknown>): string[] {
  const waiters = waitsFor(task);
  const places = [
    ...waiters.map((waiter) => task._rare?.places?.get(waiter)),
    ...openWaits(task).map((wait) => awaitedAt.get(wait)),
    ...waiters.map((waiter) => awaitedAt.get(waiter) ?? madeAt.get(waiter)),
  ];
  // When native code awaits a coroutine of the library, its first step is taken in a microtask: nobody is on the stack.
  for (const place of places) if (place !== undefined && place.lines.length > 0) return place.lines;
  return [];
}

/** Debug mode: keeps the frames that are on the stack when a task suspends. */
export function noteWaitingPlace(task: Task<unknown>, waiter: Future<unknown>): void {
  const rare = rareState(task);
  rare.places ??= new WeakMap();
  rare.places.set(waiter, takePlace());
}

/** What `Task.getStack` gives. */
export function stackOf(task: Task<unknown>, limit: number | undefined): string[] {
  const lines = task._state === 2 ? errorFrames(task._value) : task._state === 0 ? whereItWaits(task) : [];
  return lines.slice(0, limit ?? lines.length);
}

/** What `Task.printStack` prints of those lines. */
export function describeStack(task: Task<unknown>, lines: readonly string[]): string {
  const head = task._state === 2 ? "Traceback for" : lines.length > 0 ? "Stack for" : "No stack for";
  const text = [
    `${head} ${repr(task)}${lines.length > 0 ? " (innermost call first):" : ""}`,
    ...lines.map((line) => `  at ${line}`),
  ];
  if (task._state === 2) text.push(repr(task._value));
  return text.join("\n");
}

function errorFrames(error: unknown): string[] {
  return error instanceof Error && error.stack !== undefined ? stackLinesOf(error.stack) : [];
}

function stackLinesOf(stack: string): string[] {
  return stack
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^\s*at /, ""));
}
