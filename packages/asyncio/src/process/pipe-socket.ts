import { isBun } from "../host/globals.ts";
import type { NodeSocket } from "../net/node.ts";

/**
 * Makes a stream of the runtime's fit for a transport. Streams of one direction lack the other's properties; Bun's pipes
 * to a child do not say how much waits in them.
 */
export function asSocket(stream: NodeSocket): NodeSocket {
  if (isBun && typeof stream.write === "function" && !isNetSocket(stream)) countWrites(stream);
  else if (stream.writableLength === undefined) define(stream, "writableLength", { value: 0 });
  return stream;
}

/** Closing a socket tells its other end; a stream of another kind has to be ended. What is unsent is dropped as ever. */
export function endWhenDestroyed(stream: NodeSocket): void {
  if (isNetSocket(stream)) return;
  const destroy = stream.destroy.bind(stream);
  const endOrDestroy: NodeSocket["destroy"] = (error) => {
    const inOrder = error === undefined && stream.writable && !stream.writableEnded && stream.writableLength === 0;
    return inOrder ? stream.end() : destroy(error);
  };
  define(stream, "destroy", { value: endOrDestroy });
}

function isNetSocket(stream: NodeSocket): boolean {
  return typeof stream.setNoDelay === "function";
}

const counted: WeakSet<NodeSocket> = new WeakSet();

function countWrites(stream: NodeSocket): void {
  if (counted.has(stream)) return;
  counted.add(stream);
  let waiting = 0;
  const write = stream.write.bind(stream);
  let whenEmpty: ((error?: Error | null) => void)[] = [];
  const countingWrite: NodeSocket["write"] = (data, callback) => {
    const size = data.length;
    // What is empty is called back at once there, and not after what was written before.
    if (size === 0 && waiting > 0) {
      if (callback !== undefined) whenEmpty.push(callback);
      return false;
    }
    waiting += size;
    return write(data, (error) => {
      waiting -= size;
      callback?.(error);
      if (waiting > 0) return;
      const callbacks = whenEmpty;
      whenEmpty = [];
      for (const each of callbacks) each(error);
    });
  };
  define(stream, "write", { value: countingWrite });
  define(stream, "writableLength", { get: () => waiting });
}

function define(stream: NodeSocket, name: keyof NodeSocket, descriptor: PropertyDescriptor): void {
  Object.defineProperty(stream, name, { ...descriptor, configurable: true });
}
