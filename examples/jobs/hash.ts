import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The SHA-256 of a file, read at once: a thread of its own may block. */
export function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
