import { run } from "asyncio-ts";
import { recorder } from "../../conformance/twin.ts";
import type { CrosswiseCase, Player } from "./case.ts";

/** Plays the TypeScript parts in this process, each on a loop of its own. */
export function typescriptPlayer(cases: Readonly<Record<string, CrosswiseCase>>): Player {
  return {
    language: "ts",
    async play(name, role, where, ready, stop) {
      const part = cases[name]![role];
      if (part === undefined) throw new Error(`${name} has no ${role}`);
      const { print, text } = recorder();
      // A client begins where its server says that it is ready, inside of the server's loop.
      await new Promise((resolve) => setImmediate(resolve));
      await run(() => part({ print, ready }, where as never), { handleSignals: false, signal: stop });
      return text();
    },
  };
}
