import { type Ambient, createAmbient } from "../host/frames.ts";
import { ambientLookup, running } from "../loop/running.ts";
import type { Driver } from "./driver.ts";
import type { NativeScope, Scope } from "./scope.ts";
import type { Task } from "./task.ts";

/** Where native code is, also after it has awaited promises that are not ours. */
export const ambient: Ambient<NativeScope> = createAmbient<NativeScope>((a, b) => a.task === b.task);

ambientLookup.context = () => {
  const task = ambient.get()?.task;
  return task === undefined || task.done() ? null : task._context;
};
ambientLookup.loop = () => {
  const loop = ambient.get()?.task._loop;
  return loop?.isRunning() === true ? loop : null;
};

/** The task whose code runs here, also in native code after a foreign await; null outside tasks and after their end. */
export function taskHere(): Task<unknown> | null {
  if (running.loop !== null) return running.task as Task<unknown> | null;
  const task = ambient.get()?.task;
  return task === undefined || task.done() ? null : task;
}

/** What drives the code that runs here: the task itself, or the generator that native code of the task awaits. */
export function driverHere(): Driver | null {
  return (running.driver ?? running.task) as Driver | null;
}

/** The innermost scope of the code that runs here. */
export function scopeHere(): Scope | null {
  if (running.loop !== null) return driverHere()?._scope ?? null;
  return ambient.get()?.scope ?? null;
}
