import type { Body } from "../tasks/body.ts";
import type { AF_INET, AF_INET6, AF_UNSPEC } from "./socket-constants.ts";

/** What is asked of a `Resolver`. */
export interface LookupQuery {
  /** The family of the addresses; `AF_UNSPEC`: both. */
  readonly family: typeof AF_UNSPEC | typeof AF_INET | typeof AF_INET6;
  /** Whether the canonical name is wanted. */
  readonly canonicalName: boolean;
}

/** What a `Resolver` answers. */
export interface LookupAnswer {
  /** At least one, as texts, the best first. */
  readonly addresses: readonly string[];
  readonly canonicalName?: string | undefined;
}

/**
 * Finds the addresses of hosts, and their names, see `loop.setResolver`. Its methods may be coroutines of either kind.
 * They are not asked for what is an address already, and throw a `GaiError` when there is no answer.
 */
export interface Resolver {
  lookup(name: string, query: LookupQuery): Body<LookupAnswer>;
  /** The name of an IP address. */
  reverse(address: string): Body<string>;
}
