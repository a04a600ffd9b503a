import { sleep } from "asyncio-ts";
import { describe, expect, it } from "vitest";
import type { CrosswiseCase, Player } from "./case.ts";
import { play } from "./play.ts";
import { typescriptPlayer } from "./typescript-player.ts";

const HOURS = 3600 * 5;

describe("a play", () => {
  it("that takes too long is stopped, and names who has not ended", async () => {
    const seen: string[] = [];
    const hang = async (who: string) => {
      try {
        await sleep(HOURS);
      } finally {
        seen.push(`${who} stopped`);
      }
    };
    const cases: Record<string, CrosswiseCase> = {
      "both hang": {
        server: ({ ready }) => {
          ready("anywhere");
          return hang("server");
        },
        client: () => hang("client"),
      },
      "the server hangs": {
        server: ({ ready }) => {
          ready("anywhere");
          return hang("server");
        },
        client: async () => {},
      },
      "never ready": { server: () => hang("server"), client: async () => {} },
      "all in one": { main: () => hang("main") },
    };
    const ts = typescriptPlayer(cases);
    const ends: Record<string, string> = {
      "both hang": "the server in ts and the client in ts",
      "the server hangs": "the server in ts",
      "never ready": "the server in ts",
      "all in one": "the main in ts",
    };
    for (const [name, who] of Object.entries(ends)) {
      const played = play(name, cases[name]!, ts, ts, 0.05);
      await expect(played).rejects.toThrow(new Error(`${name}: ${who} had not ended after 0.05 s`));
    }
    while (seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(seen.sort()).toEqual(["client stopped", "main stopped", ...Array<string>(3).fill("server stopped")]);
  });

  it("that one part cannot stop ends all the same", async () => {
    const deaf: Player = { language: "deaf", play: () => new Promise(() => {}) };
    await expect(play("x", { main: async () => {} }, deaf, deaf, 0.01)).rejects.toThrow(
      "x: the main in deaf had not ended after 0.01 s",
    );
  });

  it("fails with the error of the part that fails", async () => {
    const cases: Record<string, CrosswiseCase> = {
      early: { server: async () => {}, client: async () => {} },
      broken: {
        server: async ({ ready }) => ready("anywhere"),
        client: async () => {
          throw new RangeError("of the client");
        },
      },
    };
    const ts = typescriptPlayer(cases);
    await expect(play("early", cases["early"]!, ts, ts)).rejects.toThrow("the server was never ready");
    await expect(play("broken", cases["broken"]!, ts, ts)).rejects.toThrow(new RangeError("of the client"));
  });
});
