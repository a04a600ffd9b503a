import { dictMethods, HomeData, listMethods, valueMethods } from "./home-data.ts";
import { HomeObject } from "./home-object.ts";
import { HomeEvent, HomeSemaphore } from "./home-sync.ts";
import { hub } from "./hub.ts";
import { proxyClasses } from "./proxies.ts";
import { JoinableQueue, Queue } from "./queue.ts";
import type { Request } from "./request.ts";
import type { SharedObject } from "./shared-object.ts";

/** The number of the object that makes all others, in a manager's process. */
export const MANAGER = 1;

const makers: Readonly<Record<string, (...args: never[]) => SharedObject>> = {
  dict: (entries: [unknown, unknown][]) => proxy("DictProxy", new HomeData(dictMethods(entries))),
  list: (items: unknown[]) => proxy("ListProxy", new HomeData(listMethods(items))),
  value: (value: unknown) => proxy("ValueProxy", new HomeData(valueMethods(value))),
  namespace: (entries: [unknown, unknown][]) => proxy("NamespaceProxy", new HomeData(dictMethods(entries))),
  lock: () => proxy("LockProxy", new HomeSemaphore(1, 1, "Lock")),
  semaphore: (permits: number) => proxy("SemaphoreProxy", new HomeSemaphore(permits, Infinity, "Semaphore")),
  boundedSemaphore: (permits: number) => proxy("SemaphoreProxy", new HomeSemaphore(permits, permits, "Semaphore")),
  event: () => proxy("EventProxy", new HomeEvent()),
  queue: (maxsize: number) => new Queue(maxsize),
  joinableQueue: (maxsize: number) => new JoinableQueue(maxsize),
};

function proxy(type: string, home: HomeObject): SharedObject {
  return new proxyClasses[type]!({ node: hub.node, id: hub.keep(home), type, details: null });
}

class ManagerHome extends HomeObject {
  override call(method: string, args: readonly unknown[], request: Request): void {
    request.resolve(makers[method]!(...(args as never[])));
  }
}

/** Makes this process a manager. */
export function keepManager(): void {
  if (hub.keep(new ManagerHome()) !== MANAGER) throw new Error("a manager's process keeps nothing else");
}
