import { builtin } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";

interface Fs {
  existsSync(path: string): boolean;
}
interface Url {
  fileURLToPath(url: string | URL): string;
}
interface Module {
  createRequire(from: string): { resolve(name: string): string };
}

/** Compiled, beside this file; the sources' own tests take the compiled one, too, which every runtime can run. */
const places = ["./child-main.js", "../../dist/multiprocessing/child-main.js"];

/**
 * The path of the program that child processes run. It loads the package from where the child's own modules find it, so
 * that there is one copy in each process. In a bundle it is looked up as the package `asyncio-ts` of `folder`.
 */
export function childProgram(folder: string): string {
  const fs = builtin<Fs>("fs")!;
  const { fileURLToPath } = builtin<Url>("url")!;
  if (import.meta.url.startsWith("file:") && /\/multiprocessing\/child-program\.[jt]s$/.test(import.meta.url)) {
    for (const place of places) {
      const path = fileURLToPath(new URL(place, import.meta.url));
      if (fs.existsSync(path)) return path;
    }
  }
  try {
    const index = builtin<Module>("module")!.createRequire(folder).resolve("asyncio-ts/multiprocessing");
    return index.replace(/index\.js$/, "child-main.js");
  } catch (cause) {
    throw new RuntimeError(
      "the program of child processes is not found: in a bundle, leave asyncio-ts out of it (external)",
      { cause },
    );
  }
}
