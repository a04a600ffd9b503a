import { Connection } from "./connection.ts";
import { proxyClasses } from "./proxies.ts";
import { revivedQueues } from "./queue.ts";
import { registerShared } from "./shared-object.ts";

let done = false;

/** Makes this process know what others may pass to it. A call, because bundlers drop what modules do by themselves. */
export function registerSharedClasses(): void {
  if (done) return;
  done = true;
  registerShared("Connection", (ref) => new Connection(ref));
  for (const [type, revive] of Object.entries(revivedQueues)) registerShared(type, revive);
  for (const [type, proxy] of Object.entries(proxyClasses)) registerShared(type, (ref) => new proxy(ref));
}
