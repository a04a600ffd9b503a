// The jobs as tinypool takes them.
import Tinypool from "tinypool";

export { burn, echo, noop } from "./jobs.mjs";

/** Gives the memory back instead of a copy. */
export function move(value) {
  return Tinypool.move(value);
}
