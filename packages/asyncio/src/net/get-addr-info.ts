import { builtin } from "../host/globals.ts";
import { repr } from "../loop/repr.ts";
import { callBody } from "../structured/call-body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { ConfigFile } from "./config-file.ts";
import { makeGaiError } from "./gai-error.ts";
import { networkInterfaces } from "./interface-index.ts";
import { formatIp, type IpAddress, parseIp, v4Mapped } from "./ip-address.ts";
import { resolverOf } from "./loop-resolver.ts";
import type { LookupAnswer, LookupQuery } from "./resolver.ts";
import { Services } from "./services-file.ts";
import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  AI_ADDRCONFIG,
  AI_ALL,
  AI_CANONNAME,
  AI_NUMERICHOST,
  AI_NUMERICSERV,
  AI_PASSIVE,
  AI_V4MAPPED,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from "./socket-constants.ts";

/** An IPv4 address, or an IPv6 one with flow and scope. */
export type InternetAddress =
  | readonly [host: string, port: number]
  | readonly [host: string, port: number, flow: number, scope: number];

/** One way to reach a host: Python's 5-tuple. */
export type AddressInfo = readonly [
  family: typeof AF_INET | typeof AF_INET6,
  type: number,
  proto: number,
  canonname: string,
  address: InternetAddress,
];

export interface AddrInfoOptions {
  /** `AF_INET`, `AF_INET6`; default `AF_UNSPEC`: both. */
  readonly family?: number;
  /** `SOCK_STREAM`, `SOCK_DGRAM`; default 0: all, each an entry. */
  readonly type?: number;
  /** `IPPROTO_TCP`, `IPPROTO_UDP`; default 0: what fits the type. */
  readonly proto?: number;
  /** `AI_…`, added. */
  readonly flags?: number;
}

type Host = string | null | undefined;
type Port = number | string | null | undefined;
interface Hints {
  readonly family: number;
  readonly type: number;
  readonly proto: number;
  readonly flags: number;
}
interface Kind {
  readonly type: number;
  readonly proto: number;
  readonly port: number;
}

/** The file of the services' names. */
export const services: ConfigFile<Services> = new ConfigFile("/etc/services", (text) => new Services(text));

/** `loop.getAddrInfo()`. */
export function getAddrInfo(
  loop: EventLoop,
  host: Host,
  port: Port,
  options: AddrInfoOptions = {},
): Coroutine<AddressInfo[]> {
  if (host !== null && host !== undefined && typeof host !== "string") {
    throw new TypeError(`getAddrInfo() argument 1 must be string or null, not ${repr(host)}`);
  }
  if (port !== null && port !== undefined && typeof port !== "string" && typeof port !== "number") {
    throw new TypeError(`getAddrInfo() argument 2 must be a port number, a service's name or null, not ${repr(port)}`);
  }
  const { family = AF_UNSPEC, type = 0, proto = 0, flags = 0 } = options;
  const hints: Hints = { family, type, proto, flags };
  return new FunctionCoroutine(getAddrInfoDefinition, undefined, [loop, host, port, hints]);
}

function* getAddrInfoBody(loop: EventLoop, host: Host, port: Port, hints: Hints): CoroutineGenerator<AddressInfo[]> {
  const { family, flags } = hints;
  if (isNothing(host) && isNothing(port)) throw makeGaiError("EAI_NONAME");
  if (family !== AF_UNSPEC && family !== AF_INET && family !== AF_INET6) throw makeGaiError("EAI_FAMILY");
  const kinds = (yield* kindsOf(port, hints)) as Kind[];
  let canonicalName = "";
  let addresses: readonly IpAddress[];
  if (isNothing(host)) {
    addresses = ownAddresses((flags & AI_PASSIVE) !== 0);
  } else {
    const literal = parseIp(host);
    if (literal !== null) {
      canonicalName = host;
      addresses = [literal];
      if (suited(addresses, hints).length === 0) throw makeGaiError("EAI_ADDRFAMILY");
    } else {
      const answer = yield* lookUp(loop, host, hints);
      canonicalName = answer.canonicalName ?? host;
      addresses = answer.addresses.map((address) => parseIp(address)).filter((ip) => ip !== null);
    }
  }
  const wanted = suited(addresses, hints);
  if (wanted.length === 0) throw makeGaiError("EAI_NODATA");
  return entries(wanted, kinds, (flags & AI_CANONNAME) !== 0 ? canonicalName : "");
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function entries(addresses: readonly IpAddress[], kinds: readonly Kind[], canonicalName: string): AddressInfo[] {
  const infos: AddressInfo[] = [];
  for (const { bytes, scope } of addresses) {
    const host = formatIp(bytes);
    for (const { type, proto, port } of kinds) {
      const name = infos.length === 0 ? canonicalName : "";
      if (bytes.length === 4) infos.push([AF_INET, type, proto, name, [host, port]]);
      else infos.push([AF_INET6, type, proto, name, [host, port, 0, scope]]);
    }
  }
  return infos;
}

// ---- hosts

function ownAddresses(passive: boolean): IpAddress[] {
  const texts = passive ? ["0.0.0.0", "::"] : ["::1", "127.0.0.1"];
  return texts.map((text) => parseIp(text)!);
}

function* lookUp(loop: EventLoop, host: string, { family, flags }: Hints): CoroutineGenerator<LookupAnswer> {
  const name = toAscii(host);
  if ((flags & AI_NUMERICHOST) !== 0 || name === null) throw makeGaiError("EAI_NONAME");
  const query: LookupQuery = {
    family: family === AF_INET6 && (flags & AI_V4MAPPED) !== 0 ? AF_UNSPEC : (family as LookupQuery["family"]),
    canonicalName: (flags & AI_CANONNAME) !== 0,
  };
  const resolver = resolverOf(loop);
  return yield* callBody(resolver.lookup, resolver, name, query);
}

/** The name as the DNS has it. Null for what can be no name. */
function toAscii(host: string): string | null {
  if (/[\0\s:%[\]/@]/.test(host)) return null;
  const ascii = /[^\x20-\x7e]/.test(host)
    ? builtin<{ domainToASCII(host: string): string }>("url")!.domainToASCII(host)
    : host;
  const labels = ascii.replace(/\.$/, "").split(".");
  return labels.some((label) => label === "" || label.length > 63) ? null : ascii;
}

/** What of the addresses the family and the flags ask for. */
function suited(addresses: readonly IpAddress[], { family, flags }: Hints): readonly IpAddress[] {
  let wanted = addresses;
  if ((flags & AI_ADDRCONFIG) !== 0) {
    const own = networkInterfaces().flatMap(([, list]) => list.filter(({ internal }) => !internal));
    const has4 = own.some(({ address }) => !address.includes(":"));
    const has6 = own.some(({ address }) => address.includes(":"));
    wanted = wanted.filter(({ bytes }) => (bytes.length === 4 ? has4 : has6));
  }
  if (family === AF_UNSPEC) return wanted;
  const exact = wanted.filter(({ bytes }) => bytes.length === (family === AF_INET ? 4 : 16));
  if (family === AF_INET || (flags & AI_V4MAPPED) === 0) return exact;
  if (exact.length > 0 && (flags & AI_ALL) === 0) return exact;
  const mapped = wanted.filter(({ bytes }) => bytes.length === 4);
  return [...exact, ...mapped.map(({ bytes }) => ({ bytes: v4Mapped(bytes), scope: 0 }))];
}

// ---- services

/** A raw socket has no services. */
const socketKinds = [
  [SOCK_STREAM, IPPROTO_TCP, "tcp"],
  [SOCK_DGRAM, IPPROTO_UDP, "udp"],
  [SOCK_RAW, 0, null],
] as const;

function* kindsOf(service: Port, { type, proto, flags }: Hints): CoroutineGenerator<Kind[]> {
  const suiting = socketKinds.filter(
    ([ofType, ofProto]) => (type === 0 || type === ofType) && (proto === 0 || ofProto === 0 || proto === ofProto),
  );
  // A protocol that only a raw socket could have, and one that contradicts the type.
  if (suiting.length === 0) throw makeGaiError("EAI_SOCKTYPE");
  const number = portNumber(service);
  if (number === null && (flags & AI_NUMERICSERV) !== 0) throw makeGaiError("EAI_NONAME");
  const names = number === null ? yield* services.read() : null;
  const kinds: Kind[] = [];
  for (const [ofType, ofProto, protocol] of suiting) {
    const raw = protocol === null;
    if (raw && proto !== 0 && suiting.length > 1) continue;
    if (raw && !isNothing(service) && (type !== 0 || proto !== 0 || names !== null)) continue;
    const port = names === null ? number : raw ? null : names.portOf(service as string, protocol);
    if (port !== null) kinds.push({ type: ofType, proto: raw ? proto : ofProto, port });
  }
  if (kinds.length === 0) throw makeGaiError("EAI_SERVICE");
  return kinds;
}

/** Null for a name. */
function portNumber(service: Port): number | null {
  if (isNothing(service) || service === "") return 0;
  if (typeof service === "string" && !/^\d+$/.test(service)) return null;
  const number = Number(service);
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw makeGaiError("EAI_SERVICE");
  return number;
}

const getAddrInfoDefinition = define(getAddrInfoBody as never, "getAddrInfo");
