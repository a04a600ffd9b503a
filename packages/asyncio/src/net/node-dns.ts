import { nodeModule } from "./node.ts";

type Done<T> = (error: Error | null, answer: T) => void;

/** What the package uses of `node:dns`. */
export interface NodeDns {
  lookup(
    name: string,
    options: { readonly all: true; readonly family: 0 | 4 | 6; readonly hints: number; readonly verbatim: true },
    callback: Done<readonly { readonly address: string }[]>,
  ): void;
  lookupService(address: string, port: number, callback: (error: Error | null, name: string) => void): void;
  readonly Resolver: new (options: { readonly timeout: number; readonly tries: number }) => NodeChannel;
}

/** A channel of c-ares: questions that can be cancelled together. */
export interface NodeChannel {
  resolve4(name: string, callback: Done<readonly string[]>): void;
  resolve6(name: string, callback: Done<readonly string[]>): void;
  resolveCname(name: string, callback: Done<readonly string[]>): void;
  reverse(address: string, callback: Done<readonly string[]>): void;
  setServers(servers: readonly string[]): void;
  getServers(): readonly string[];
  cancel(): void;
}

export function nodeDns(): NodeDns {
  return nodeModule<NodeDns>("dns", "name resolution");
}
