import { OutsideFuture } from "../interop/outside-future.ts";
import { receive } from "../interop/receive.ts";
import { OSError } from "../loop/os-error.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { nodeModule } from "./node.ts";

export const AF_INET = 2;
export const AF_INET6 = 10;
const AI_PASSIVE = 1;

/** What a host and a port stand for, as `getAddrInfo` tells it: family, kind, protocol, canonical name, address. */
export type AddressInfo = readonly [
  family: number,
  type: number,
  proto: number,
  canonname: string,
  address: readonly [host: string, port: number, ...rest: number[]],
];

export interface ResolveOptions {
  readonly family?: number | undefined;
  readonly proto?: number | undefined;
  readonly flags?: number | undefined;
}

interface Dns {
  lookup(
    host: string,
    options: object,
    callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
  ): void;
}
interface Net {
  isIP(text: string): number;
}

/** The addresses of a host and a port. Throws `OSError` when there are none. */
export function* resolve(
  loop: EventLoop,
  host: string | null,
  port: number | string | null,
  { family = 0, flags = 0 }: ResolveOptions,
): CoroutineGenerator<AddressInfo[]> {
  const found = yield* lookUp(loop, host, flags);
  const number = Number(port ?? 0);
  const infos = found
    .map(({ address, family: version }) => (version === 6 ? v6(address, number) : v4(address, number)))
    .filter(([each]) => family === 0 || each === family);
  if (infos.length === 0) throw new OSError("getaddrinfo() returned empty list");
  return infos;
}

function* lookUp(
  loop: EventLoop,
  host: string | null,
  flags: number,
): CoroutineGenerator<{ address: string; family: number }[]> {
  const net = nodeModule<Net>("net", "getAddrInfo()");
  if (host === null || host === "") {
    const passive = (flags & AI_PASSIVE) !== 0;
    return [
      { address: passive ? "0.0.0.0" : "127.0.0.1", family: 4 },
      { address: passive ? "::" : "::1", family: 6 },
    ];
  }
  const literal = net.isIP(host);
  if (literal !== 0) return [{ address: host, family: literal }];
  const future = new OutsideFuture<{ address: string; family: number }[]>({ loop });
  nodeModule<Dns>("dns", "getAddrInfo()").lookup(host, { all: true, verbatim: true }, (error, addresses) => {
    if (future.done()) return;
    if (error === null) future.setResult(addresses);
    else future.setException(systemError(error));
  });
  return yield* receive(future);
}

function v4(host: string, port: number): AddressInfo {
  return [AF_INET, 1, 6, "", [host, port]];
}

function v6(host: string, port: number): AddressInfo {
  return [AF_INET6, 1, 6, "", [host, port, 0, 0]];
}
