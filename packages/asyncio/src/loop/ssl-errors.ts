import { OSError } from "./os-error.ts";

/** TLS has failed. Python: `ssl.SSLError`. `code` is the runtime's, such as `"ERR_SSL_WRONG_VERSION_NUMBER"`. */
export class SslError extends OSError {
  static {
    this.prototype.name = "SslError";
  }
  /** In OpenSSL's words: `"WRONG_VERSION_NUMBER"`. */
  declare readonly reason?: string;
}

/** The peer's certificate is not to be trusted, or not for its name. Python: `ssl.SSLCertVerificationError`. */
export class SslCertVerificationError extends SslError {
  static {
    this.prototype.name = "SslCertVerificationError";
  }
  /** What is wrong with it: `"certificate has expired"`. Python: `verify_message`. */
  declare readonly verifyMessage?: string;
}

const WRONG_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";
/** OpenSSL's results of a verification, as Node names them. */
const verifyCode =
  /^(UNABLE_TO_\w+|CERT_\w+|CRL_\w+|ERROR_IN_\w+|(DEPTH_ZERO_)?SELF_SIGNED_\w+|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** The error of ours for one of the runtime's TLS, with Python's text; null for any other error. */
export function sslError(error: unknown): SslError | null {
  if (typeof error !== "object" || error === null) return null;
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  if (typeof code !== "string") return null;
  if (code === WRONG_NAME || verifyCode.test(code)) return certificateError(code, message ?? code, error);
  const [, reason] = /^ERR_(?:OSSL|SSL)_(\w+)$/.exec(code) ?? [];
  if (reason === undefined) return null;
  const text = reason.toLowerCase().replaceAll("_", " ");
  return withFields(new SslError(`[SSL: ${reason}] ${text}`, { cause: error, code }), { reason });
}

/** A certificate was refused, of which the runtime told `code` and `why`. */
export function certificateError(code: string, why: string, cause?: unknown): SslCertVerificationError {
  const reason = "CERTIFICATE_VERIFY_FAILED";
  const verifyMessage = code === WRONG_NAME ? why.replace(/^.*?: (?=Host: |IP: )/, "") : why;
  const message = `[SSL: ${reason}] certificate verify failed: ${verifyMessage}`;
  const options = cause === undefined ? { code } : { code, cause };
  return withFields(new SslCertVerificationError(message, options), { reason, verifyMessage });
}

function withFields<T extends object>(error: T, fields: object): T {
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(error, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return error;
}
