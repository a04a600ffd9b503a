import type { Body } from "asyncio-ts";
import type { Print } from "../../conformance/twin.ts";

/** Where a server is: host and port, or the path of a Unix socket. */
export type Where = readonly [host: string, port: number] | string;

/** What a part of a case gets. */
export interface Stage {
  readonly print: Print;
  /** A server says where it is: then its client is started. */
  ready(where: Where): void;
}

/**
 * A program in two languages, `cases/<name>.ts` and `cases/<name>.py`: a server and a client, each of which can talk with
 * the other's twin, or one `main`. All that they print is compared.
 */
export interface CrosswiseCase {
  server?(stage: Stage): Body<void>;
  client?(stage: Stage, where: never): Body<void>;
  main?(stage: Stage): Body<void>;
}

export type Role = "server" | "client" | "main";

/** One of the two languages: plays a part and gives what was printed. It stops, if it can, when `stop` is aborted. */
export interface Player {
  readonly language: string;
  play(
    name: string,
    role: Role,
    where: Where | null,
    ready: (where: Where) => void,
    stop: AbortSignal,
  ): Promise<string>;
}
