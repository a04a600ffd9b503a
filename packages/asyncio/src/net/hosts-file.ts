import { wordsOf } from "./config-file.ts";
import { formatIp, parseIp } from "./ip-address.ts";

/** What `/etc/hosts` says. */
export class Hosts {
  private readonly addresses: Map<string, string[]> = new Map();
  private readonly names: Map<string, string> = new Map();
  private readonly canonical: Map<string, string> = new Map();

  constructor(text: string) {
    for (const line of text.split("\n")) {
      const [address, ...names] = wordsOf(line);
      if (address === undefined || names.length === 0) continue;
      const ip = parseIp(address);
      if (ip === null) continue;
      const plain = formatIp(ip.bytes) + (/%.*/.exec(address)?.[0] ?? "");
      if (!this.names.has(plain)) this.names.set(plain, names[0]!);
      for (const name of names) this.add(name.toLowerCase(), plain, names[0]!);
    }
  }

  private add(name: string, address: string, canonical: string): void {
    const known = this.addresses.get(name);
    if (known === undefined) {
      this.addresses.set(name, [address]);
      this.canonical.set(name, canonical);
    } else if (!known.includes(address)) {
      known.push(address);
    }
  }

  /** The addresses of a name in the file's order; empty when the file does not know it. */
  addressesOf(name: string): readonly string[] {
    return this.addresses.get(name.toLowerCase()) ?? [];
  }

  /** The first name in the line that names it first. */
  canonicalNameOf(name: string): string {
    return this.canonical.get(name.toLowerCase()) ?? name;
  }

  nameOf(address: string): string | null {
    return this.names.get(address) ?? null;
  }
}
