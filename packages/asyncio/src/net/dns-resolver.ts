import { nodeProcess } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { GaiError } from "../loop/system-errors.ts";
import { callBody } from "../structured/call-body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { orderAddresses } from "./address-order.ts";
import { ConfigFile } from "./config-file.ts";
import { type GaiErrorKind, gaiErrorKind, makeGaiError } from "./gai-error.ts";
import { Hosts } from "./hosts-file.ts";
import { type NodeChannel, nodeDns } from "./node-dns.ts";
import { OperationQueue } from "./operation-queue.ts";
import { hasOtherSources, parseResolvConf, type ResolvConf, searchNames } from "./resolv-conf.ts";
import type { LookupAnswer, LookupQuery, Resolver } from "./resolver.ts";
import { AF_INET, AF_INET6 } from "./socket-constants.ts";
import { asGaiError, SystemResolver } from "./system-resolver.ts";

export interface DnsResolverOptions {
  /** Addresses of the name servers, with `:port` if it is not 53; default: the system's. */
  readonly servers?: readonly string[];
  /** How long a server has to answer, in seconds or with a unit; default: the system's, usually 5 s. */
  readonly timeout?: Delay;
  /** How often each server is asked; default: the system's, usually 2. */
  readonly attempts?: number;
  /** Domains to complete short names with; default: the system's. */
  readonly search?: readonly string[];
  /** A name with so many dots is asked for as it is first; default: the system's, usually 1. */
  readonly ndots?: number;
  /** The file of known hosts; default: the system's. Null: none. */
  readonly hostsFile?: string | null;
  /** Who is asked for names that the DNS may not know, see below; default: a `SystemResolver`. Null: nobody. */
  readonly fallback?: Resolver | null;
  /** So many lookups at once in this resolver, the others wait; default 128. */
  readonly limit?: number;
}

const windows = (nodeProcess as { readonly platform?: string } | undefined)?.platform === "win32";
const linux = (nodeProcess as { readonly platform?: string } | undefined)?.platform === "linux";
const HOSTS_FILE = windows
  ? `${nodeProcess?.env?.["SystemRoot"] ?? "C:\\Windows"}\\System32\\drivers\\etc\\hosts`
  : "/etc/hosts";

const hostsFile: ConfigFile<Hosts> = hostsOf(HOSTS_FILE);
const resolvConf: ConfigFile<ResolvConf> = new ConfigFile("/etc/resolv.conf", parseResolvConf);
const otherSources: ConfigFile<boolean> = new ConfigFile("/etc/nsswitch.conf", hasOtherSources);

function hostsOf(path: string): ConfigFile<Hosts> {
  return new ConfigFile(path, (text) => new Hosts(text));
}

/**
 * The default resolver: the hosts file, then the DNS by sockets of its own. It occupies none of the runtime's threads, and
 * a cancelled task's questions are withdrawn.
 *
 * The `fallback` is asked for names under `.local`, and for what the DNS does not know on systems that look in more
 * places: Linux with other sources of hosts than `files` and `dns` in `/etc/nsswitch.conf`, macOS, Windows.
 */
export class DnsResolver implements Resolver {
  /** @internal */ readonly _options: DnsResolverOptions;
  /** @internal */ readonly _timeout: number | null;
  /** @internal */ readonly _hosts: ConfigFile<Hosts> | null;
  /** @internal */ readonly _fallback: Resolver | null;
  /** @internal */ readonly _queue: OperationQueue;

  constructor(options: DnsResolverOptions = {}) {
    const { timeout, attempts = 1, limit = 128, hostsFile: path, fallback } = options;
    this._timeout = timeout === undefined ? null : toSeconds(timeout);
    if (this._timeout !== null && this._timeout <= 0) throw new RangeError("timeout must be positive");
    for (const [name, value] of Object.entries({ attempts, limit })) {
      if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
    }
    this._options = options;
    this._hosts = path === null ? null : path === undefined ? hostsFile : hostsOf(path);
    this._fallback = fallback === undefined ? new SystemResolver() : fallback;
    this._queue = new OperationQueue(limit);
  }

  lookup(name: string, query: LookupQuery): Coroutine<LookupAnswer> {
    return new FunctionCoroutine(lookupDefinition, undefined, [this, name, query]);
  }

  reverse(address: string): Coroutine<string> {
    return new FunctionCoroutine(reverseDefinition, undefined, [this, address]);
  }
}

function* lookupBody(resolver: DnsResolver, name: string, query: LookupQuery): CoroutineGenerator<LookupAnswer> {
  const plain = withoutDot(name);
  const known = yield* fromHosts(resolver, plain, query);
  if (known !== null) return known;
  if (isLoopbackName(plain))
    return { addresses: loopback(query.family), canonicalName: query.canonicalName ? "localhost" : undefined };
  const { _fallback: fallback } = resolver;
  if (fallback !== null && isLocal(plain)) return yield* callBody(fallback.lookup, fallback, name, query);
  try {
    return yield* fromDns(resolver, name, query);
  } catch (error) {
    if (fallback === null || !(error instanceof GaiError) || !(yield* othersMayKnow(error))) throw error;
  }
  return yield* callBody(fallback.lookup, fallback, name, query);
}

function* reverseBody(resolver: DnsResolver, address: string): CoroutineGenerator<string> {
  const hosts = resolver._hosts === null ? null : yield* resolver._hosts.read();
  const known = hosts?.nameOf(address) ?? null;
  if (known !== null) return known;
  const { _fallback: fallback } = resolver;
  try {
    const conf = yield* resolvConf.read();
    return yield* ask<string>(resolver, conf, (channel, settle) =>
      channel.reverse(address, (error, names) => {
        if (error) settle(asGaiError(error, "getnameinfo"));
        else settle(null, withoutDot(names[0] ?? address));
      }),
    );
  } catch (error) {
    if (fallback === null || !(error instanceof GaiError) || !(yield* othersMayKnow(error))) throw error;
  }
  return yield* callBody(fallback.reverse, fallback, address);
}

function* fromHosts(
  resolver: DnsResolver,
  name: string,
  { family, canonicalName }: LookupQuery,
): CoroutineGenerator<LookupAnswer | null> {
  if (resolver._hosts === null) return null;
  const hosts = yield* resolver._hosts.read();
  const addresses = hosts.addressesOf(name).filter((address) => isOf(address, family));
  if (addresses.length === 0) return null;
  return {
    addresses: orderAddresses(addresses),
    canonicalName: canonicalName ? hosts.canonicalNameOf(name) : undefined,
  };
}

function* fromDns(resolver: DnsResolver, name: string, query: LookupQuery): CoroutineGenerator<LookupAnswer> {
  const conf = yield* resolvConf.read();
  const { search = conf.search, ndots = conf.ndots } = resolver._options;
  let failure: GaiErrorKind = "EAI_NONAME";
  for (const full of searchNames(name, search, ndots)) {
    const answer = yield* askForAddresses(resolver, conf, withoutDot(full), query);
    if (typeof answer !== "string") return answer;
    if (answer !== "EAI_NONAME") failure = answer;
    if (answer !== "EAI_NONAME" && answer !== "EAI_NODATA") break;
  }
  throw makeGaiError(failure);
}

/** An answer, or what kind of error there was instead. */
function* askForAddresses(
  resolver: DnsResolver,
  conf: ResolvConf,
  name: string,
  { family, canonicalName }: LookupQuery,
): CoroutineGenerator<LookupAnswer | GaiErrorKind> {
  return yield* ask<LookupAnswer | GaiErrorKind>(resolver, conf, (channel, settle) => {
    const parts: (readonly string[] | GaiErrorKind)[] = [];
    let canonical = name;
    // Counted before the first question: an answer may come at once.
    let open = Number(family !== AF_INET) + Number(family !== AF_INET6) + Number(canonicalName);
    const arrive = (): void => {
      if (--open === 0) settle(null, merged(parts, canonicalName ? canonical : undefined));
    };
    const take = (error: Error | null, addresses: readonly string[]): void => {
      const kind = error ? gaiErrorKind(error) : null;
      if (error && kind === null) settle(error);
      parts.push(kind ?? addresses);
      arrive();
    };
    if (canonicalName) {
      followAliases(channel, name, 0, (end) => {
        canonical = end;
        arrive();
      });
    }
    if (family !== AF_INET) channel.resolve6(name, take);
    if (family !== AF_INET6) channel.resolve4(name, take);
  });
}

function merged(
  parts: readonly (readonly string[] | GaiErrorKind)[],
  canonicalName: string | undefined,
): LookupAnswer | GaiErrorKind {
  const addresses = parts.flatMap((part) => (typeof part === "string" ? [] : part));
  if (addresses.length > 0) return { addresses: orderAddresses(addresses), canonicalName };
  const kinds = parts.map((part) => (typeof part === "string" ? part : "EAI_NODATA"));
  const temporary = kinds.find((kind) => kind !== "EAI_NONAME" && kind !== "EAI_NODATA");
  return temporary ?? (kinds.includes("EAI_NODATA") ? "EAI_NODATA" : "EAI_NONAME");
}

/** As c-ares itself does. */
const MOST_ALIASES = 8;

function followAliases(channel: NodeChannel, name: string, depth: number, end: (name: string) => void): void {
  channel.resolveCname(name, (error, aliases) => {
    const [next] = error ? [] : aliases;
    if (next === undefined || depth === MOST_ALIASES) end(withoutDot(name));
    else followAliases(channel, next, depth + 1, end);
  });
}

type Settle<T> = (error: unknown, value?: T) => void;

/** Asks the servers by a channel of its own, which a cancellation closes. */
function* ask<T>(
  resolver: DnsResolver,
  conf: ResolvConf,
  start: (channel: NodeChannel, settle: Settle<T>) => void,
): CoroutineGenerator<T> {
  const future = new OutsideFuture<T>({ loop: getRunningLoop() });
  let channel: NodeChannel | null = null;
  const withdraw = resolver._queue.add((ended) => {
    const settle: Settle<T> = (error, value) => {
      ended();
      if (future.done()) return;
      if (error) future.setException(error);
      else future.setResult(value as T);
    };
    try {
      channel = openChannel(resolver, conf);
      start(channel, settle);
    } catch (error) {
      settle(error);
    }
  });
  try {
    return yield* future;
  } catch (error) {
    withdraw();
    (channel as NodeChannel | null)?.cancel();
    throw error;
  }
}

function openChannel(resolver: DnsResolver, conf: ResolvConf): NodeChannel {
  const { servers, attempts = conf.attempts } = resolver._options;
  const timeout = Math.ceil((resolver._timeout ?? conf.timeout) * 1000);
  const channel = new (nodeDns().Resolver)({ timeout, tries: attempts });
  if (servers !== undefined) channel.setServers(servers);
  return channel;
}

/** Where the system looks in more places than we do, one of those may know better. */
function* othersMayKnow(error: GaiError): CoroutineGenerator<boolean> {
  if (error.code !== "ENOTFOUND") return !linux;
  return !linux || (yield* otherSources.read());
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

/** RFC 6761: no server is to be asked for these, and none to be believed. */
function isLoopbackName(name: string): boolean {
  return /(^|\.)localhost$/i.test(name);
}

function loopback(family: number): string[] {
  return orderAddresses(["::1", "127.0.0.1"].filter((address) => isOf(address, family)));
}

/** Multicast DNS, RFC 6762. */
function isLocal(name: string): boolean {
  return /(^|\.)local$/i.test(name);
}

function isOf(address: string, family: number): boolean {
  if (family === AF_INET) return !address.includes(":");
  return family !== AF_INET6 || address.includes(":");
}

const lookupDefinition = define(lookupBody as never, "lookup");
const reverseDefinition = define(reverseBody as never, "reverse");
