import { type Delay, toSeconds } from "../loop/delay.ts";
import { repr } from "../loop/repr.ts";
import { checksName, type SecureOptions, type Side, type Ssl } from "./secure.ts";
import { type SslContext, toContext } from "./ssl-context.ts";

/** The options of everything that can be secured by TLS. */
export interface SslTimeouts {
  /** How long a handshake may take. Default: 60 s. */
  readonly sslHandshakeTimeout?: Delay | undefined;
  /** How long closing waits for the peer's own farewell. Default: 30 s. */
  readonly sslShutdownTimeout?: Delay | undefined;
}

/** What a connection is secured with. */
export interface Security extends SecureOptions {
  readonly context: SslContext;
}

/** Null for a plain connection. Throws `RangeError` for options that make sense with TLS only. */
export function checkSecurity(
  ssl: Ssl | null | undefined | false,
  timeouts: SslTimeouts,
  serverHostname: string | null,
): Security | null {
  checkTimeouts(timeouts, ssl);
  if (!ssl) return null;
  return securityOf("client", toContext(ssl), timeouts, serverHostname);
}

/** A server needs a context: it cannot make up a certificate. */
export function checkServerSecurity(ssl: Ssl | null | undefined, timeouts: SslTimeouts): Security | null {
  if (typeof ssl === "boolean") throw new TypeError("ssl argument must be an SslContext or null");
  checkTimeouts(timeouts, ssl);
  if (!ssl) return null;
  return securityOf("server", toContext(ssl), timeouts, null);
}

/** For an upgrade, of either side. */
export function checkUpgrade(ssl: unknown, side: Side, timeouts: SslTimeouts, serverHostname: string | null): Security {
  if (typeof ssl !== "object" || ssl === null) {
    throw new TypeError(`sslContext is expected to be an SslContext, got ${repr(ssl)}`);
  }
  checkTimeouts(timeouts, ssl);
  return securityOf(side, toContext(ssl), timeouts, serverHostname);
}

/** What is wrong with certificates and keys shows here, before anything is connected. */
function securityOf(
  side: Side,
  context: SslContext,
  { sslHandshakeTimeout, sslShutdownTimeout }: SslTimeouts,
  serverHostname: string | null,
): Security {
  if (side === "server" && !context._hasCertificate) {
    throw new RangeError("a server's SslContext needs a certificate: cert and key, or pfx");
  }
  if (side === "client" && checksName(context) && (serverHostname === null || serverHostname === "")) {
    throw new RangeError("checkHostname requires serverHostname");
  }
  context._secureContext();
  return { context, serverHostname, handshakeTimeout: sslHandshakeTimeout, shutdownTimeout: sslShutdownTimeout };
}

function checkTimeouts({ sslHandshakeTimeout, sslShutdownTimeout }: SslTimeouts, ssl: unknown): void {
  checkTimeout("sslHandshakeTimeout", sslHandshakeTimeout, ssl);
  checkTimeout("sslShutdownTimeout", sslShutdownTimeout, ssl);
}

function checkTimeout(name: string, timeout: Delay | null | undefined, ssl: unknown): void {
  if (timeout === undefined || timeout === null) return;
  if (!ssl) throw new RangeError(`${name} is only meaningful with ssl`);
  if (toSeconds(timeout) <= 0) throw new RangeError(`${name} should be a positive number, got ${timeout}`);
}
