import { type Delay, toSeconds } from "../loop/delay.ts";
import type { SecureOptions, Ssl } from "./secure.ts";

/** The options of everything that can be secured by TLS. */
export interface SslTimeouts {
  /** How long a handshake may take. Default: 60 s. */
  readonly sslHandshakeTimeout?: Delay | undefined;
  /** How long closing waits for the peer's own farewell. Default: 30 s. */
  readonly sslShutdownTimeout?: Delay | undefined;
}

/** What a connection is secured with; null for a plain one. */
export interface Security extends SecureOptions {
  readonly ssl: Ssl;
}

/** Throws `RangeError` for options that make sense with TLS only. */
export function checkSecurity(
  ssl: Ssl | null | undefined | false,
  { sslHandshakeTimeout, sslShutdownTimeout }: SslTimeouts,
  serverHostname: string | null,
): Security | null {
  checkTimeout("sslHandshakeTimeout", sslHandshakeTimeout, ssl);
  checkTimeout("sslShutdownTimeout", sslShutdownTimeout, ssl);
  if (!ssl) return null;
  return { ssl, serverHostname, handshakeTimeout: sslHandshakeTimeout, shutdownTimeout: sslShutdownTimeout };
}

function checkTimeout(name: string, timeout: Delay | null | undefined, ssl: unknown): void {
  if (timeout === undefined || timeout === null) return;
  if (!ssl) throw new RangeError(`${name} is only meaningful with ssl`);
  if (toSeconds(timeout) <= 0) throw new RangeError(`${name} should be a positive number, got ${timeout}`);
}

/** A server needs a context: it cannot make up a certificate. */
export function checkServerSecurity(ssl: Ssl | null | undefined, timeouts: SslTimeouts): Security | null {
  if (typeof ssl === "boolean") throw new TypeError("ssl argument must be an SSLContext or null");
  return checkSecurity(ssl, timeouts, null);
}
