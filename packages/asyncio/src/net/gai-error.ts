import type { OSErrorDetails } from "../loop/os-error.ts";
import { GaiError } from "../loop/system-errors.ts";

interface Kind {
  readonly errno: number;
  readonly text: string;
  /** Node's name for it. */
  readonly code: string;
}

/** Numbers and texts as glibc and Python have them. */
const kinds = {
  EAI_NONAME: { errno: -2, text: "Name or service not known", code: "ENOTFOUND" },
  EAI_AGAIN: { errno: -3, text: "Temporary failure in name resolution", code: "EAI_AGAIN" },
  EAI_FAIL: { errno: -4, text: "Non-recoverable failure in name resolution", code: "EAI_FAIL" },
  EAI_NODATA: { errno: -5, text: "No address associated with hostname", code: "ENOTFOUND" },
  EAI_FAMILY: { errno: -6, text: "ai_family not supported", code: "EAI_FAMILY" },
  EAI_SOCKTYPE: { errno: -7, text: "ai_socktype not supported", code: "EAI_SOCKTYPE" },
  EAI_SERVICE: { errno: -8, text: "Servname not supported for ai_socktype", code: "EAI_SERVICE" },
  EAI_ADDRFAMILY: { errno: -9, text: "Address family for hostname not supported", code: "EAI_ADDRFAMILY" },
  EAI_MEMORY: { errno: -10, text: "Memory allocation failure", code: "EAI_MEMORY" },
} as const satisfies Record<string, Kind>;

export type GaiErrorKind = keyof typeof kinds;

/** The error that Python's `socket.gaierror` would be. */
export function makeGaiError(kind: GaiErrorKind, details: OSErrorDetails = {}): GaiError {
  const { errno, text, code } = kinds[kind];
  return new GaiError(`[Errno ${errno}] ${text}`, { syscall: "getaddrinfo", ...details, code, errno });
}

/** The kind of an error of c-ares', or of the system's resolver. */
const byCode: Readonly<Record<string, GaiErrorKind>> = {
  ENOTFOUND: "EAI_NONAME",
  EAI_NONAME: "EAI_NONAME",
  ENONAME: "EAI_NONAME",
  EBADNAME: "EAI_NONAME",
  EBADSTR: "EAI_NONAME",
  ENODATA: "EAI_NODATA",
  EAI_NODATA: "EAI_NODATA",
  EAI_AGAIN: "EAI_AGAIN",
  ETIMEOUT: "EAI_AGAIN",
  ESERVFAIL: "EAI_AGAIN",
  ECONNREFUSED: "EAI_AGAIN",
  EREFUSED: "EAI_AGAIN",
  ECANCELLED: "EAI_AGAIN",
  EAI_FAMILY: "EAI_FAMILY",
  EAI_ADDRFAMILY: "EAI_ADDRFAMILY",
  EAI_MEMORY: "EAI_MEMORY",
  ENOMEM: "EAI_MEMORY",
};

/** What an error of `node:dns` means. Null for what is none: a runtime's refusal of permission, say. */
export function gaiErrorKind(error: unknown): GaiErrorKind | null {
  const { code, syscall } = (error ?? {}) as { readonly code?: unknown; readonly syscall?: unknown };
  if (typeof code !== "string") return null;
  const kind = byCode[code];
  if (kind !== undefined) return kind;
  return typeof syscall === "string" && /^(query|get)/.test(syscall) ? "EAI_FAIL" : null;
}
