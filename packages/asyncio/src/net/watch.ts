import { isCoroutineFunctionLike } from "../loop/function-kind.ts";
import type { Callback } from "../loop/handle.ts";
import { repr } from "../loop/repr.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { knownReadiness, readinessToRead, readinessToWrite } from "./sources.ts";

/** `loop.addReader()`. */
export function addReader(loop: EventLoop, source: unknown, callback: Callback, args: readonly unknown[]): void {
  checkCallback(callback, "addReader");
  readinessToRead(source, "addReader").setCallback(loop, callback, args);
}

/** `loop.removeReader()`. */
export function removeReader(loop: EventLoop, source: unknown): boolean {
  return knownReadiness("read", source, "removeReader")?.removeCallback(loop) ?? false;
}

/** `loop.addWriter()`. */
export function addWriter(loop: EventLoop, source: unknown, callback: Callback, args: readonly unknown[]): void {
  checkCallback(callback, "addWriter");
  readinessToWrite(source, "addWriter").setCallback(loop, callback, args);
}

/** `loop.removeWriter()`. */
export function removeWriter(loop: EventLoop, source: unknown): boolean {
  return knownReadiness("write", source, "removeWriter")?.removeCallback(loop) ?? false;
}

function checkCallback(callback: unknown, method: string): void {
  if (isCoroutineFunctionLike(callback)) throw new TypeError(`coroutines cannot be used with ${method}()`);
  if (typeof callback !== "function") {
    throw new TypeError(`a callable object was expected by ${method}(), got ${repr(callback)}`);
  }
}
