// The job that needs this project in the worker.
import { transfer } from "asyncio-ts/concurrent";

/** Gives the memory back instead of a copy. */
export function move(value) {
  return transfer(value, [value.buffer]);
}
