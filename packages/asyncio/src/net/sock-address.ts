import { repr } from "../loop/repr.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeDatagrams } from "./datagram-output.ts";
import type { InternetAddress } from "./get-addr-info.ts";
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM } from "./socket-constants.ts";

/**
 * The first address of a host, as the sockets' calls have it: with the host as the runtimes take it. `datagrams` is the
 * socket, if it is one of packets, whose family is known. Throws `TypeError` and `RangeError` for what is no address.
 */
export function* resolveSocketAddress(
  loop: EventLoop,
  address: unknown,
  caller: string,
  datagrams: NodeDatagrams | null,
): CoroutineGenerator<InternetAddress> {
  const [host, port] = Array.isArray(address) ? (address as readonly unknown[]) : [];
  if (typeof host !== "string" || typeof port !== "number") {
    throw new TypeError(`${caller}() takes an address, [host, port], got ${repr(address)}`);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError(`${caller}(): port must be 0-65535.`);
  const family = datagrams === null ? 0 : datagrams.type === "udp6" ? AF_INET6 : AF_INET;
  const type = datagrams === null ? SOCK_STREAM : SOCK_DGRAM;
  const [info] = yield* loop.getAddrInfo(host, port, { family, type });
  const [, , scope = 0] = (address as readonly number[]).slice(1);
  const [found, , ...rest] = info![4];
  return scope === 0 || rest.length === 0 ? info![4] : [found, port, 0, scope];
}
