import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Player, Where } from "./case.ts";

interface Message {
  readonly line?: string;
  readonly ready?: Where;
  readonly ended?: string | null;
}

/** Plays the Python parts in a process of `python3`, one after the other. */
export class PythonPlayer implements Player {
  readonly language = "py";
  private readonly child: ChildProcess;
  private hear: (message: Message) => void = () => {};

  /** `folder` is that of the harness. */
  constructor(folder: URL) {
    this.child = spawn("python3", ["-u", fileURLToPath(new URL("worker.py", folder))], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    createInterface({ input: this.child.stdout! }).on("line", (line) => this.hear(JSON.parse(line) as Message));
    this.child.on("exit", (code, signal) => this.hear({ ended: `python3 has ended: ${signal ?? code}` }));
    this.child.stdin!.on("error", () => {});
  }

  /** Whether there is a python3 that is new enough. */
  static async isHere(): Promise<boolean> {
    const child = spawn("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"], { stdio: "ignore" });
    try {
      const [code] = (await once(child, "exit")) as [number | null];
      return code === 0;
    } catch {
      return false;
    }
  }

  play(name: string, role: string, address: Where | null, ready: (where: Where) => void): Promise<string> {
    let text = "";
    return new Promise((resolve, reject) => {
      this.hear = ({ line, ready: where, ended }) => {
        if (line !== undefined) text += `${line}\n`;
        else if (where !== undefined) ready(where);
        else if (ended === null) resolve(text);
        else reject(new Error(`the ${role} of ${name} in Python: ${ended}`));
      };
      this.child.stdin!.write(`${JSON.stringify({ name, role, address })}\n`);
    });
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }
}
