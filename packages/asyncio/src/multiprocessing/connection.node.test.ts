import { describe, expect, it } from "vitest";
import "../tasks/event-loop.ts";
import { workerModule } from "../executors/worker-task.ts";
import { OSError } from "../loop/os-error.ts";
import { BrokenPipeError } from "../loop/system-errors.ts";
import { failAfter } from "../structured/cancel-scope.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import type { Body } from "../tasks/body.ts";
import { createTask } from "../tasks/create-task.ts";
import { type Connection, Pipe } from "./connection.ts";
import { EOFError } from "./errors.ts";
import { Process } from "./process.ts";
import { Queue } from "./queue.ts";

const jobs = workerModule<typeof import("../../../../tests/support/processes/jobs.ts")>(
  new URL("../../../../tests/support/processes/jobs.ts", import.meta.url),
);
const within = <T>(body: () => Body<T>): Promise<T> => run(failAfter(50, body));

describe("Pipe()", { timeout: 60_000 }, () => {
  it("connects two ends, both ways or one", () =>
    within(function* () {
      const [a, b] = Pipe<number, string>();
      yield* a.send(1);
      expect(yield* b.poll()).toBe(true);
      expect(yield* b.recv()).toBe(1);
      yield* b.send("x");
      expect(yield* a.recv()).toBe("x");
      expect(yield* a.poll()).toBe(false);
      expect(yield* a.poll(0.01)).toBe(false);
      const [reader, writer] = Pipe<number>({ duplex: false });
      expect([reader.readable, reader.writable, writer.readable, writer.writable]).toEqual([true, false, false, true]);
      yield* writer.send(1);
      expect(yield* reader.recv()).toBe(1);
      try {
        yield* reader.send(1);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).toBe("OSError: connection is read-only");
      }
    }));

  it("ends for the other side when one end is closed, after what was sent", () =>
    within(async () => {
      const [a, b] = Pipe<number>();
      const waiting = createTask(a.recv());
      await sleep(0);
      await b.send(0);
      await b.send(1);
      b.close();
      b.close();
      expect(await waiting).toBe(0);
      expect(await a.recv()).toBe(1);
      expect(await a.poll()).toBe(true);
      await expect(a.recv()).rejects.toThrow(EOFError);
      await expect(a.send(1)).rejects.toThrow(BrokenPipeError);
      await expect(b.recv()).rejects.toThrow("handle is closed");
      await expect(b.send(1)).rejects.toThrow(OSError);
      expect(b.closed).toBe(true);
    }));

  it("makes a sender wait that nobody listens to, and can be cancelled", () =>
    within(async () => {
      const [a, b] = Pipe<number>();
      for (let i = 0; i < 64; i++) await a.send(i);
      const waiting = [createTask(a.send(64)), createTask(a.send(65))];
      await sleep(0);
      expect(waiting[0]!.done()).toBe(false);
      waiting[0]!.cancel();
      await sleep(0);
      const got: number[] = [];
      for (let i = 0; i < 65; i++) got.push(await b.recv());
      expect(got).toEqual([...Array.from({ length: 64 }, (_, i) => i), 65]);
      await waiting[1];
      expect(await b.poll()).toBe(false);
    }));

  it("carries messages of all kinds and sizes to another process and back", () =>
    within(async () => {
      const [a, b] = Pipe<unknown>();
      const process = new Process(jobs.echo, b);
      process.start();
      const message = { map: new Map([[1, new Set(["x"])]]), date: new Date(0), big: 2n ** 70n, none: undefined };
      await a.send(message);
      expect(await a.recv()).toEqual(message);
      const large = new Uint8Array(10 * 1024 * 1024).map((_, i) => i);
      await a.send(large);
      const back = (await a.recv()) as Uint8Array;
      expect(back.length).toBe(large.length);
      expect(back.every((byte, i) => byte === (i & 255))).toBe(true);
      a.close();
      await process.join();
      expect(process.exitcode).toBe(0);
    }));

  it("moves an end to the process that gets it", () =>
    within(async () => {
      const [a, b] = Pipe<unknown>();
      const process = new Process(jobs.echo, b);
      process.start();
      await expect(b.recv()).rejects.toThrow("handle is closed: it was passed to another process");
      b.close();
      expect(() => new Process(jobs.echo, b).start()).toThrow("it was passed to another process");
      await a.send("still there");
      expect(await a.recv()).toBe("still there");
      a.close();
      await process.join();
    }));

  it("ends when the process of the other end ends, and says how", () =>
    within(async () => {
      const [a, b] = Pipe<number>({ duplex: false });
      const process = new Process(jobs.sendAll, b as Connection<number>, 3);
      process.start();
      expect([await a.recv(), await a.recv(), await a.recv()]).toEqual([0, 1, 2]);
      await expect(a.recv()).rejects.toThrow(`process '${process.name}' (pid ${process.pid}) has ended`);
      const [c, d] = Pipe<unknown>();
      const killed = new Process(jobs.echo, d);
      killed.start();
      await c.send(1);
      expect(await c.recv()).toBe(1);
      const waiting = createTask(c.recv());
      await sleep(0);
      killed.kill();
      await expect(waiting).rejects.toThrow("was ended by SIGKILL");
      await expect(c.send(1)).rejects.toThrow("Broken pipe: process");
    }));

  it("passes ends through queues", () =>
    within(async () => {
      const questions = new Queue<{ readonly reply: Connection<string>; readonly text: string }>();
      const process = new Process(jobs.answer, questions);
      process.start();
      const [mine, theirs] = Pipe<string>();
      await questions.put({ reply: theirs, text: "shout" });
      expect(await mine.recv()).toBe("SHOUT");
      await process.join();
    }));
});
