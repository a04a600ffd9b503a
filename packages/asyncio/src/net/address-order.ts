import { networkInterfaces } from "./interface-index.ts";
import { parseIp, v4Mapped } from "./ip-address.ts";

/**
 * Which of a host's addresses to try first: RFC 6724, as `getaddrinfo` has it, but for the choice of the source address,
 * which the kernel does not tell without a socket: the best-matching address of this machine stands for it.
 */

/** Prefix, bits of it that count, precedence and label: the RFC's default table, the longest prefixes first. */
const policies: readonly (readonly [prefix: string, bits: number, precedence: number, label: number])[] = [
  ["::1", 128, 50, 0],
  ["::ffff:0:0", 96, 35, 4],
  ["::", 96, 1, 3],
  ["2001::", 32, 5, 5],
  ["2002::", 16, 30, 2],
  ["3ffe::", 16, 1, 12],
  ["fec0::", 10, 1, 11],
  ["fc00::", 7, 3, 13],
  ["::", 0, 40, 1],
];

const LINK_LOCAL = 2;
const SITE_LOCAL = 5;
const GLOBAL = 14;

interface Ranked {
  readonly text: string;
  readonly bytes: readonly number[];
  readonly source: readonly number[] | null;
  readonly scope: number;
  readonly precedence: number;
  readonly label: number;
}

/** The addresses, the best first; those that the rules do not tell apart stay in their order. */
export function orderAddresses(addresses: readonly string[], own: readonly string[] = ownAddresses()): string[] {
  if (addresses.length < 2) return [...addresses];
  const sources = own.map(toBytes).filter((bytes) => bytes !== null);
  const ranked = addresses.map((text) => rank(text, sources));
  return ranked.sort(compare).map(({ text }) => text);
}

function ownAddresses(): string[] {
  return networkInterfaces().flatMap(([, addresses]) => addresses.map(({ address }) => address));
}

/** All 16 bytes long. */
function toBytes(text: string): readonly number[] | null {
  const bytes = parseIp(text.replace(/%.*/, ""))?.bytes;
  if (bytes === undefined) return null;
  return bytes.length === 4 ? v4Mapped(bytes) : bytes;
}

function rank(text: string, sources: readonly (readonly number[])[]): Ranked {
  const bytes = toBytes(text) ?? mapped;
  const [, , precedence, label] = policyOf(bytes);
  return { text, bytes, source: sourceFor(bytes, sources), scope: scopeOf(bytes), precedence, label };
}

/** The rules' numbers are the RFC's (section 6); 3, 4 and 7 are about what cannot be known here. */
function compare(a: Ranked, b: Ranked): number {
  if ((a.source === null) !== (b.source === null)) return a.source === null ? 1 : -1; // Rule 1.
  if (a.source !== null && b.source !== null) {
    const byScope = Number(scopeOf(b.source) === b.scope) - Number(scopeOf(a.source) === a.scope);
    if (byScope !== 0) return byScope; // Rule 2.
    const byLabel = Number(policyOf(b.source)[3] === b.label) - Number(policyOf(a.source)[3] === a.label);
    if (byLabel !== 0) return byLabel; // Rule 5.
  }
  if (a.precedence !== b.precedence) return b.precedence - a.precedence; // Rule 6.
  if (a.scope !== b.scope) return a.scope - b.scope; // Rule 8.
  if (a.source === null || b.source === null || isIpv4(a.bytes) || isIpv4(b.bytes)) return 0;
  return commonBits(b.bytes, b.source) - commonBits(a.bytes, a.source); // Rule 9, for IPv6 only: it defeats round robin.
}

function sourceFor(target: readonly number[], sources: readonly (readonly number[])[]): readonly number[] | null {
  let best: readonly number[] | null = null;
  let bestScore = -1;
  for (const source of sources) {
    if (isIpv4(source) !== isIpv4(target)) continue;
    if (isLoopback(source) !== isLoopback(target)) continue;
    const scope = scopeOf(source);
    // A link-local source does not reach beyond its link.
    if (scope < scopeOf(target) && scope === LINK_LOCAL) continue;
    const sameLabel = policyOf(source)[3] === policyOf(target)[3];
    const score = (scope === scopeOf(target) ? 1000 : 0) + (sameLabel ? 500 : 0) + commonBits(source, target);
    if (score > bestScore) [best, bestScore] = [source, score];
  }
  return best;
}

const mapped = v4Mapped([0, 0, 0, 0]);

function isIpv4(bytes: readonly number[]): boolean {
  return commonBits(bytes, mapped) >= 96;
}

function isLoopback(bytes: readonly number[]): boolean {
  return isIpv4(bytes) ? bytes[12] === 127 : bytes[15] === 1 && bytes.every((byte, i) => i === 15 || byte === 0);
}

function scopeOf(bytes: readonly number[]): number {
  if (isIpv4(bytes)) return bytes[12] === 127 || (bytes[12] === 169 && bytes[13] === 254) ? LINK_LOCAL : GLOBAL;
  if (bytes[0] === 0xff) return bytes[1]! & 15;
  if (isLoopback(bytes)) return LINK_LOCAL;
  if (bytes[0] !== 0xfe) return GLOBAL;
  return (bytes[1]! & 0xc0) === 0x80 ? LINK_LOCAL : (bytes[1]! & 0xc0) === 0xc0 ? SITE_LOCAL : GLOBAL;
}

let table: readonly { readonly prefix: readonly number[]; readonly policy: (typeof policies)[number] }[] | null = null;

function policyOf(bytes: readonly number[]): (typeof policies)[number] {
  table ??= policies.map((policy) => ({ prefix: toBytes(policy[0])!, policy }));
  return table.find(({ prefix, policy }) => commonBits(bytes, prefix) >= policy[1])!.policy;
}

function commonBits(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 16; i++) {
    const differing = a[i]! ^ b[i]!;
    if (differing !== 0) return i * 8 + Math.clz32(differing) - 24;
  }
  return 128;
}
