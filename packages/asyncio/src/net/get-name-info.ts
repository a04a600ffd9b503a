import { repr } from "../loop/repr.ts";
import { GaiError } from "../loop/system-errors.ts";
import { callBody } from "../structured/call-body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { makeGaiError } from "./gai-error.ts";
import { services } from "./get-addr-info.ts";
import { formatIp, hostWithScope, parseIp } from "./ip-address.ts";
import { resolverOf } from "./loop-resolver.ts";
import { NI_DGRAM, NI_NAMEREQD, NI_NOFQDN, NI_NUMERICHOST, NI_NUMERICSERV } from "./socket-constants.ts";

type SocketAddress = readonly [host: string, port: number, ...rest: number[]];

/** `loop.getNameInfo()`. */
export function getNameInfo(
  loop: EventLoop,
  address: SocketAddress,
  flags: number = 0,
): Coroutine<[host: string, service: string]> {
  if (!Array.isArray(address)) throw new TypeError("getNameInfo() argument 1 must be an array");
  const [host, port] = address as readonly unknown[];
  if (typeof host !== "string" || typeof port !== "number") {
    throw new TypeError(`getNameInfo(): illegal address argument ${repr(address)}`);
  }
  return new FunctionCoroutine(getNameInfoDefinition, undefined, [loop, address, flags]);
}

function* getNameInfoBody(
  loop: EventLoop,
  address: SocketAddress,
  flags: number,
): CoroutineGenerator<[host: string, service: string]> {
  const [host, port, , scope = 0] = address;
  const ip = parseIp(host);
  if (ip === null) throw makeGaiError("EAI_NONAME", { syscall: "getnameinfo" });
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw makeGaiError("EAI_SERVICE", { syscall: "getnameinfo" });
  }
  const plain = hostWithScope([formatIp(ip.bytes), port, 0, ip.scope === 0 ? scope : ip.scope]);
  return [yield* hostName(loop, plain, flags), yield* serviceName(port, flags)];
}

function* hostName(loop: EventLoop, address: string, flags: number): CoroutineGenerator<string> {
  if ((flags & NI_NUMERICHOST) !== 0) {
    if ((flags & NI_NAMEREQD) !== 0) throw makeGaiError("EAI_NONAME", { syscall: "getnameinfo" });
    return address;
  }
  const resolver = resolverOf(loop);
  try {
    const name = yield* callBody(resolver.reverse, resolver, address);
    return (flags & NI_NOFQDN) !== 0 ? name.replace(/\..*/, "") : name;
  } catch (error) {
    // As the system does: without a name, and with a server that does not answer, it is the address.
    if (!(error instanceof GaiError) || (flags & NI_NAMEREQD) !== 0) throw error;
    return address;
  }
}

function* serviceName(port: number, flags: number): CoroutineGenerator<string> {
  if ((flags & NI_NUMERICSERV) !== 0) return String(port);
  const names = yield* services.read();
  return names.nameOf(port, (flags & NI_DGRAM) !== 0 ? "udp" : "tcp") ?? String(port);
}

const getNameInfoDefinition = define(getNameInfoBody as never, "getNameInfo");
