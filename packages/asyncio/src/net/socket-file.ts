import { nodeModule } from "./node.ts";

interface Stats {
  readonly ino: bigint;
  readonly dev: bigint;
  isSocket(): boolean;
}
interface FileSystem {
  statSync(path: string, options: { bigint: true; throwIfNoEntry: false }): Stats | undefined;
  unlinkSync(path: string): void;
  renameSync(from: string, to: string): void;
}

const fs = (): FileSystem => nodeModule<FileSystem>("fs", "a Unix socket");

/** Removes the file of a server that has not cleaned up. Gives the error where it cannot. */
export function removeStaleSocket(path: string): unknown {
  try {
    if (stat(path)?.isSocket() === true) fs().unlinkSync(path);
    return null;
  } catch (error) {
    return (error as { readonly code?: unknown }).code === "ENOENT" ? null : error;
  }
}

/**
 * The file of a listening Unix socket. Node removes whatever has its name when the server closes: the file of another
 * server that has taken its place, too, and also when it should stay. asyncio removes its own, if at all.
 */
export class SocketFile {
  private readonly path: string;
  private readonly cleanUp: boolean;
  private readonly made: Stats | undefined;

  constructor(path: string, cleanUp: boolean) {
    this.path = path;
    this.cleanUp = cleanUp;
    this.made = stat(path);
  }

  /** Calls `close`, which may remove the file, and leaves what has to be left. */
  closing(close: () => void): void {
    const { path } = this;
    const found = stat(path);
    const own = found !== undefined && found.ino === this.made?.ino && found.dev === this.made.dev;
    if (found === undefined || (own && this.cleanUp)) {
      close();
      // Not every runtime removes it.
      if (found !== undefined) removeStaleSocket(path);
      return;
    }
    const aside = `${path}.${found.ino.toString(36)}`;
    try {
      fs().renameSync(path, aside);
    } catch {
      return close(); // No right to do so; then the runtime has none to remove it, either.
    }
    try {
      close();
    } finally {
      fs().renameSync(aside, path);
    }
  }
}

function stat(path: string): Stats | undefined {
  try {
    return fs().statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
