import { builtin } from "../host/globals.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import { nodeTls } from "./node-tls.ts";

/** Certificates or keys as PEM: one text, or several. */
export type Pem = string | Uint8Array | readonly (string | Uint8Array)[];

/** What a connection is secured with. The names are those of `node:tls`, but for those that Python has and Node has not. */
export interface SslContextOptions {
  /** The own certificate, with those between it and the authority's, and its key. Python: `load_cert_chain()`. */
  readonly cert?: Pem;
  readonly key?: Pem;
  /** Of the key, or of `pfx`. */
  readonly passphrase?: string;
  /** Certificate and key in one, PKCS#12. */
  readonly pfx?: Uint8Array;
  /** The authorities that are trusted; default: those that come with the runtime. Python: `load_verify_locations()`. */
  readonly ca?: Pem;
  /** Paths instead of the contents; the files are read when the context is first used. */
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly caFile?: string;
  /** Revoked certificates. */
  readonly crl?: Pem;
  /**
   * Whether a peer must show a certificate that an authority has signed; default true. False lets anybody listen in.
   * Python: `verify_mode`.
   */
  readonly rejectUnauthorized?: boolean;
  /** Whether the server's certificate must be for the name that it was called by; default true. Python: `check_hostname`. */
  readonly checkHostname?: boolean;
  /** Server: whether clients are asked for a certificate; default false. */
  readonly requestCert?: boolean;
  /** Protocols to agree upon, the preferred first: `["h2", "http/1.1"]`. Python: `set_alpn_protocols()`. */
  readonly ALPNProtocols?: readonly string[];
  /** Server: the context for the name that a client asks for; null: this one. Python: `sni_callback`. */
  readonly sniCallback?: (serverName: string) => SslContext | null;
  /** `"TLSv1.2"` (default) or `"TLSv1.3"`. */
  readonly minVersion?: string;
  readonly maxVersion?: string;
  readonly ciphers?: string;
  readonly ecdhCurve?: string;
  readonly sigalgs?: string;
  readonly dhparam?: string | Uint8Array;
  readonly honorCipherOrder?: boolean;
  /** OpenSSL's flags, added. */
  readonly secureOptions?: number;
  /** Server: 48 bytes that several servers share, so that a client may resume its session with any of them. */
  readonly ticketKeys?: Uint8Array;
  /** Server: how long a session may be resumed, in seconds. */
  readonly sessionTimeout?: number;
}

/** Those that `tls.createSecureContext` is given. */
const forSecureContext = [
  "cert",
  "key",
  "passphrase",
  "pfx",
  "ca",
  "crl",
  "minVersion",
  "maxVersion",
  "ciphers",
  "ecdhCurve",
  "sigalgs",
  "dhparam",
  "honorCipherOrder",
  "secureOptions",
  "ticketKeys",
  "sessionTimeout",
] as const satisfies readonly (keyof SslContextOptions)[];

/**
 * What connections are secured with, for any number of them, on either side. It does not change; `with` makes a variant.
 * Python: `ssl.SSLContext`.
 */
export class SslContext {
  readonly options: SslContextOptions;
  private material: Readonly<Record<string, unknown>> | null = null;
  private made: object | null = null;

  constructor(options: SslContextOptions = {}) {
    if (typeof options !== "object" || options === null || Array.isArray(options)) {
      throw new TypeError(`an SslContext is made of options, got ${repr(options)}`);
    }
    this.options = Object.freeze({ ...options });
  }

  /** A copy with other options. */
  with(options: SslContextOptions): SslContext {
    return new SslContext({ ...this.options, ...options });
  }

  /** Whether a server can show who it is. @internal */
  get _hasCertificate(): boolean {
    const { cert, certFile, pfx, sniCallback } = this.options;
    return [cert, certFile, pfx, sniCallback].some((value) => value !== undefined);
  }

  /** What the runtime makes its own context of. Throws `OSError` for files that cannot be read. @internal */
  _material(): Readonly<Record<string, unknown>> {
    if (this.material !== null) return this.material;
    const { options } = this;
    const material: Record<string, unknown> = {};
    for (const name of forSecureContext) if (options[name] !== undefined) material[name] = options[name];
    for (const name of ["cert", "key", "ca"] as const) {
      const path = options[`${name}File`];
      if (path !== undefined) material[name] = readFile(path);
    }
    this.material = material;
    return material;
  }

  /** The runtime's context, made once. Throws `SslError` for certificates and keys that are none. @internal */
  _secureContext(): object {
    try {
      return (this.made ??= nodeTls().createSecureContext(this._material()));
    } catch (error) {
      throw systemError(error);
    }
  }

  /** @internal */
  _repr(): string {
    return "<SslContext>";
  }

  toString(): string {
    return this._repr();
  }

  /** Keys do not belong into logs. @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/**
 * A context with safe settings: TLS 1.2 or later, certificates are verified, and so are the names of servers. Python:
 * `ssl.create_default_context()`.
 */
export function createDefaultContext(options: SslContextOptions = {}): SslContext {
  return new SslContext(options);
}

let forClients: SslContext | null = null;

/** The context that an option `ssl` stands for. */
export function toContext(ssl: true | SslContext | SslContextOptions): SslContext {
  if (ssl === true) return (forClients ??= new SslContext());
  return ssl instanceof SslContext ? ssl : new SslContext(ssl);
}

function readFile(path: string): Uint8Array {
  try {
    return builtin<{ readFileSync(path: string): Uint8Array }>("fs")!.readFileSync(path);
  } catch (error) {
    throw systemError(error);
  }
}
