import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConnectionRefusedError, systemError } from "../loop/system-errors.ts";
import { ExceptionGroup } from "../structured/exception-group.ts";
import { decodeError } from "./decode-error.ts";
import { encodeError } from "./encode-error.ts";
import { registerError } from "./error-classes.ts";
import { RemoteTraceback } from "./remote-traceback.ts";

class JobError extends Error {
  static {
    this.prototype.name = "JobError";
  }
  readonly job: { readonly id: number; readonly bytes: Uint8Array } = { id: 7, bytes: new Uint8Array([1, 2]) };
}
registerError(JobError);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "border-"));
  writeFileSync(
    join(folder, "worker.mjs"),
    `import { parentPort } from "node:worker_threads";
     parentPort.once("message", (message) => parentPort.postMessage(message));`,
  );
  writeFileSync(
    join(folder, "child.mjs"),
    `process.once("message", (message) => process.send(message, () => process.disconnect()));`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function throughWorker(message: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(folder, "worker.mjs"));
    worker.once("error", reject);
    worker.once("message", (answer: unknown) => {
      resolve(answer);
      void worker.terminate();
    });
    worker.postMessage(message);
  });
}

function throughProcess(message: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(join(folder, "child.mjs"), { serialization: "advanced" });
    child.once("error", reject);
    child.once("message", resolve);
    child.send(message as object);
  });
}

const ways = [
  ["a worker", throughWorker, "thread"],
  ["a process", throughProcess, "process"],
] as const;

for (const [name, through, border] of ways) {
  describe(`an error on its way through ${name}`, { timeout: 30_000 }, () => {
    it("arrives with class, properties, causes and members", async () => {
      const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), {
        errno: -111,
        code: "ECONNREFUSED",
        syscall: "connect",
        address: "127.0.0.1",
        port: 1,
      });
      const system = systemError(refused) as ConnectionRefusedError;
      const group = new ExceptionGroup("both", [new JobError("failed", { cause: refused }), system]);
      const arrived = decodeError((await through(encodeError(group, border))) as never) as ExceptionGroup;
      expect(arrived).toBeInstanceOf(ExceptionGroup);
      expect(arrived.cause).toBeInstanceOf(RemoteTraceback);
      const [job, again] = arrived.errors as [JobError, ConnectionRefusedError];
      expect(job).toBeInstanceOf(JobError);
      expect(job.job.id).toBe(7);
      expect([...job.job.bytes]).toEqual([1, 2]);
      expect(job.cause).toMatchObject({ code: "ECONNREFUSED", errno: -111, syscall: "connect", port: 1 });
      expect(again).toBeInstanceOf(ConnectionRefusedError);
      expect(again.cause).toBe(job.cause);
    });

    it("arrives whatever it carries", async () => {
      const error = Object.assign(new RangeError("bad"), {
        url: new URL("http://example.org"),
        fn: () => 1,
        shared: new SharedArrayBuffer(4),
        list: [undefined, new Map([[1, 2n]])],
      });
      const arrived = decodeError((await through(encodeError(error, border))) as never) as typeof error;
      expect(arrived).toBeInstanceOf(RangeError);
      expect(arrived).toMatchObject({ url: "<URL>", fn: "<function fn>", list: [undefined, new Map([[1, 2n]])] });
      expect(typeof arrived.shared).toBe(border === "thread" ? "object" : "string");
      expect(decodeError((await through(encodeError(undefined, border))) as never)).toBe(undefined);
    });
  });
}

it("keeps errors of the runtime", async () => {
  let error: unknown;
  try {
    writeFileSync(join(folder, "no", "such"), "");
  } catch (thrown) {
    error = thrown;
  }
  const arrived = decodeError(structuredClone(encodeError(error))) as Error;
  expect(arrived).toMatchObject({ code: "ENOENT", syscall: "open" });
  const original = caught(() => new URL("no url"));
  const invalid = decodeError(structuredClone(encodeError(original))) as Error & { readonly code?: string };
  expect(invalid).toBeInstanceOf(TypeError);
  expect(invalid.code).toBe((original as { readonly code?: string }).code);
});

function caught(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return null;
}
