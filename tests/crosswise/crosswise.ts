import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CrosswiseCase, Player } from "./case.ts";
import { play } from "./play.ts";
import { PythonPlayer } from "./python-player.ts";
import { typescriptPlayer } from "./typescript-player.ts";

/** Milliseconds. Enough for two plays that are stopped, see `play.ts`: this deadline would leave the players in use. */
const DEADLINE = 40_000;

/**
 * Declares a test for each case and each pair of languages: all must print what Python prints on both sides. Without
 * python3 the TypeScript parts play by themselves, and one line says what is missing.
 */
export async function crosswise(
  title: string,
  cases: Readonly<Record<string, CrosswiseCase>>,
  folder: URL,
): Promise<void> {
  const pythonIsHere = await PythonPlayer.isHere();
  if (!pythonIsHere) console.log(`${title}: python3 (3.11 or newer) is not here: what needs it is skipped`);
  const ts = typescriptPlayer(cases);
  const pythons: PythonPlayer[] = [];
  const expected = new Map<string, string>();

  /** A player that has failed may be in any state: the next test gets a new one. */
  const python = (index: number): PythonPlayer => (pythons[index] ??= new PythonPlayer(folder));
  const restart = async (): Promise<void> => {
    for (const player of pythons.splice(0)) await player.close();
  };
  const playInPython = (name: string): Promise<string> => play(name, cases[name]!, python(0), python(1));

  describe(title, () => {
    beforeAll(() => {
      if (!pythonIsHere) return;
      python(0);
      python(1);
    });
    afterAll(restart);

    for (const [name, each] of Object.entries(cases)) {
      const compare = async (server: Player, client: Player): Promise<void> => {
        try {
          if (pythonIsHere && !expected.has(name)) expected.set(name, await playInPython(name));
          const printed = await play(name, each, server, client);
          expect(printed).not.toBe("");
          if (pythonIsHere) expect(printed).toBe(expected.get(name));
        } catch (error) {
          await restart();
          throw error;
        }
      };
      if (each.main !== undefined) {
        it(name, () => compare(ts, ts), DEADLINE);
        continue;
      }
      it(`${name}: TypeScript alone`, () => compare(ts, ts), DEADLINE);
      if (!pythonIsHere) continue;
      it(`${name}: a server in Python`, () => compare(python(0), ts), DEADLINE);
      it(`${name}: a client in Python`, () => compare(ts, python(1)), DEADLINE);
    }
  });
}
