import type { Task } from "./task.ts";

/**
 * What debug mode keeps of a task elsewhere: objects that do not count when it is asked who holds what. The floors above
 * add theirs.
 */
export const debugRegistries: ((task: Task<unknown>) => object | undefined)[] = [];
