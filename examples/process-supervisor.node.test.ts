import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("process-supervisor.ts", import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly lines: string[] }>;
}

/** `onLine` sees each line as it comes. */
function start(args: readonly string[], onLine: (line: string, child: ChildProcess) => void = () => {}): Run {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  let rest = "";
  child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      onLine(line, child);
    }
  });
  const ended = new Promise<{ code: number | null; lines: string[] }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, lines }));
  });
  return { child, ended };
}

const of = (lines: readonly string[], name: string): string[] =>
  lines.filter((line) => line.startsWith(`${name.padEnd(8)}| `)).map((line) => line.slice(10));

describe("the process supervisor", () => {
  it("restarts what fails, lets go what ends, and gives up in order", { timeout: 60_000 }, async () => {
    const { code, lines } = await start([]).ended;
    expect(of(lines, "once")).toEqual(["one", "two", "has ended"]);
    const failed = "failed: exit code 3; once more";
    expect(of(lines, "flaky")).toEqual(["starting", failed, "starting", failed, "starting"]);
    const server = of(lines, "server");
    // On a slow machine it may be told to stop before it could set its trap.
    if (server.includes("ready")) {
      expect(server).toEqual(["ready", "stopping", "closing my connections", "stopped with 0"]);
    }
    expect(of(lines, "all")).toEqual([
      "ExceptionGroup: restart limit exceeded: more than 2 restarts within 60 s (3 sub-exceptions)",
    ]);
    expect([lines.at(-1)!.slice(0, 3), code]).toEqual(["all", 1]);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`stops its programs when it gets ${signal}`, { timeout: 60_000 }, async () => {
      const command = `trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
      const { ended } = start([`a=${command}`, `b=${command}`], (_, child) => {
        if (++ready === 2) child.kill(signal);
      });
      let ready = 0;
      const { code, lines } = await ended;
      for (const name of ["a", "b"]) {
        expect(of(lines, name)).toEqual(["ready", "stopping", "bye", "stopped with 0"]);
      }
      expect([of(lines, "all"), code]).toEqual([[`stopped by ${signal}`], 0]);
    });
  }
});
