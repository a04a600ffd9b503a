// The processes that the tests have started: none may be left.
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** "S" sleeping, "Z" ended and not yet waited for, and so on; null when there is no such process. Linux only. */
export function stateOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2, text.lastIndexOf(")") + 3);
  } catch {
    return null;
  }
}

/** Numbers of the present children of this process, ended ones that nobody has waited for included. Linux only. */
export function children(): number[] {
  if (!existsSync("/proc/self/stat")) return [];
  const found: number[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ");
      if (Number(parent) === process.pid) found.push(Number(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Looks every few milliseconds of real time, until `condition` holds; fails after ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); ) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
