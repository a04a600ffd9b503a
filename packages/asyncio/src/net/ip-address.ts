import { interfaceIndex, interfaceName } from "./interface-index.ts";

/** An IP address in numbers: 4 bytes or 16, with the index of the interface that a link-local one belongs to. */
export interface IpAddress {
  readonly bytes: readonly number[];
  readonly scope: number;
}

/** What `getaddrinfo` takes for an address: IPv6 with or without a scope, IPv4 also in its old forms. Null otherwise. */
export function parseIp(text: string): IpAddress | null {
  if (text.includes(":")) return parseIpv6(text);
  const bytes = parseIpv4(text);
  return bytes === null ? null : { bytes, scope: 0 };
}

/** `1.2.3.4`, and as `inet_aton` has it: fewer parts (`127.1`), octal, hexadecimal. */
function parseIpv4(text: string): number[] | null {
  const parts = text.split(".");
  if (parts.length > 4) return null;
  const numbers: number[] = [];
  for (const part of parts) {
    if (!/^(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part)) return null;
    numbers.push(/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part));
  }
  const last = numbers.pop()!;
  const rest = 4 - numbers.length;
  if (last >= 256 ** rest || numbers.some((number) => number > 255)) return null;
  for (let i = rest - 1; i >= 0; i--) numbers.push(Math.floor(last / 256 ** i) % 256);
  return numbers;
}

function parseIpv6(text: string): IpAddress | null {
  const percent = text.indexOf("%");
  const scope = percent < 0 ? 0 : interfaceIndex(text.slice(percent + 1));
  if (scope === null) return null;
  const halves = (percent < 0 ? text : text.slice(0, percent)).split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : parseGroups(half)));
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? { bytes: head, scope } : null;
  const gap = 16 - head.length - tail.length;
  return gap < 2 ? null : { bytes: [...head, ...new Array<number>(gap).fill(0), ...tail], scope };
}

function parseGroups(text: string): number[] | null {
  const bytes: number[] = [];
  const groups = text.split(":");
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if (i === groups.length - 1 && group.includes(".")) {
      const ipv4 = /^(\d{1,3}\.){3}\d{1,3}$/.test(group) && !/(^|\.)0\d/.test(group) ? parseIpv4(group) : null;
      if (ipv4 === null) return null;
      bytes.push(...ipv4);
    } else {
      if (!/^[\da-f]{1,4}$/i.test(group)) return null;
      const number = Number.parseInt(group, 16);
      bytes.push(number >> 8, number & 255);
    }
  }
  return bytes;
}

/** As `inet_ntop` writes it, without the scope. */
export function formatIp(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((bytes[i]! << 8) | bytes[i + 1]!);
  const [start, length] = longestZeros(groups);
  const embedded = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  const texts = groups.map((group) => group.toString(16));
  if (embedded) texts.splice(6, 2, bytes.slice(12).join("."));
  if (length < 2) return texts.join(":");
  return `${texts.slice(0, start).join(":")}::${texts.slice(start + length).join(":")}`;
}

function longestZeros(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [-1, 0];
  for (let i = 0, start = -1; i <= groups.length; i++) {
    if (groups[i] === 0) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      if (i - start > best[1]) best = [start, i - start];
      start = -1;
    }
  }
  return best;
}

export function v4Mapped(bytes: readonly number[]): number[] {
  return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...bytes];
}

/** The host of an address as Node takes it: `fe80::1%eth0` for `["fe80::1", 80, 0, 2]`. */
export function hostWithScope(address: readonly [host: string, ...rest: number[]]): string {
  const [host, , , scope = 0] = address;
  return scope === 0 || host.includes("%") ? host : `${host}%${interfaceName(scope)}`;
}
