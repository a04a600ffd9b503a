// The jobs as piscina and tinypool take them.
import Piscina from "piscina";

export { burn, echo, noop } from "./jobs.mjs";

/** Gives the memory back instead of a copy. */
export function move(value) {
  return Piscina.move(value);
}
