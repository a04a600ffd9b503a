import type { NodeSocket } from "../net/node.ts";
import { nodeModule } from "../net/node.ts";

type Done = (error?: Error | null) => void;

interface Fs {
  write(fd: number, data: Uint8Array, offset: number, length: number, position: null, done: Written): void;
  close(fd: number, done: Done): void;
}
type Written = (error: (Error & { readonly code?: string }) | null, count: number) => void;
interface Streams {
  readonly Writable: new (options: {
    write(data: Uint8Array, encoding: string, done: Done): void;
    destroy(error: Error | null, done: Done): void;
  }) => NodeSocket;
}

/** Milliseconds until a full pipe is tried again, at first and at most. */
const SHORTEST_PAUSE = 1;
const LONGEST_PAUSE = 20;

/**
 * A stream that writes to a descriptor, which it owns, for runtimes whose own streams fail when the descriptor is
 * non-blocking and full. Nobody there tells when there is room again: it is tried, ever more rarely.
 */
export function descriptorWriter(fd: number): NodeSocket {
  const fs = nodeModule<Fs>("fs", "a pipe");
  const { Writable } = nodeModule<Streams>("stream", "a pipe");
  let retry: ReturnType<typeof setTimeout> | null = null;
  let isWriting = false;
  /** Closes the descriptor, once nothing can be written to its number any more. */
  let close: (() => void) | null = null;

  const writeFrom = (data: Uint8Array, offset: number, pause: number, done: Done): void => {
    isWriting = true;
    fs.write(fd, data, offset, data.length - offset, null, (error, count) => {
      isWriting = false;
      if (close !== null) return close();
      if (error?.code === "EAGAIN") {
        retry = setTimeout(() => writeFrom(data, offset, Math.min(2 * pause, LONGEST_PAUSE), done), pause);
      } else if (error) {
        done(error);
      } else if (offset + count < data.length) {
        writeFrom(data, offset + count, SHORTEST_PAUSE, done);
      } else {
        done();
      }
    });
  };

  return new Writable({
    write: (data, _encoding, done) => writeFrom(data, 0, SHORTEST_PAUSE, done),
    destroy: (error, done) => {
      if (retry !== null) clearTimeout(retry);
      close = () => fs.close(fd, (failure) => done(error ?? failure));
      if (!isWriting) close();
    },
  });
}
