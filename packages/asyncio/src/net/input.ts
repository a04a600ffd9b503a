import type { Address } from "./protocol.ts";
import { Readiness } from "./readiness.ts";

/** The direction of a socket in which bytes come. */
export abstract class Input extends Readiness {
  /**
   * Takes up to `size` bytes, none at the end of the stream, or one packet, with the address that it came from; null when
   * there is nothing yet. Throws the error that came, `EBADF` when the socket is closed.
   */
  abstract take(size: number): [data: Uint8Array, address: Address] | null;
}
