import { repr } from "../loop/repr.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { DnsResolver } from "./dns-resolver.ts";
import type { Resolver } from "./resolver.ts";

const resolvers: WeakMap<EventLoop, Resolver> = new WeakMap();
let byDefault: Resolver | null = null;

/** Who finds the addresses of hosts for the loop. */
export function resolverOf(loop: EventLoop): Resolver {
  return resolvers.get(loop) ?? (byDefault ??= new DnsResolver());
}

/** `loop.setResolver()`. */
export function setResolver(loop: EventLoop, resolver: Resolver | null): void {
  if (resolver === null) return void resolvers.delete(loop);
  const { lookup, reverse } = resolver as Partial<Resolver>;
  if (typeof lookup !== "function" || typeof reverse !== "function") {
    throw new TypeError(`a resolver has the methods lookup() and reverse(), got ${repr(resolver)}`);
  }
  resolvers.set(loop, resolver);
}
