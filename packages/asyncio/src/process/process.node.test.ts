import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { onBun } from "../../../../tests/support/child-process.ts";
import { children, stateOf, until } from "../../../../tests/support/children.ts";
import {
  asyncWith,
  CancelledError,
  createTask,
  DEVNULL,
  type ExceptionContext,
  createSubprocessExec as exec,
  gather,
  getRunningLoop,
  moveOnAfter,
  OSError,
  PIPE,
  type Process,
  ProcessLookupError,
  type ProcessOptions,
  run,
  STDOUT,
  createSubprocessShell as shell,
  sleep,
  TimeoutError,
  timeout,
} from "../index.ts";

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));
const both = { stdin: PIPE, stdout: PIPE } as const;
const kinds = ["generator", "native"];

afterEach(() => until(() => children().length === 0, "no child is left"));

describe.each(kinds)("a process, from %s code", (kind) => {
  it("communicates: what it prints, what it complains of, how it ended", () =>
    run(
      bodyOf(kind, function* () {
        const process: Process = (yield shell("cat; echo bad >&2; exit 3", { ...both, stderr: PIPE })) as never;
        expect(process.returncode).toBe(null);
        const [output, errors] = (yield process.communicate("hello")) as [Uint8Array, Uint8Array];
        expect([text(output), text(errors), process.returncode]).toEqual(["hello", "bad\n", 3]);
        expect(yield process.wait()).toBe(3);
      }),
    ));

  it("is written to and read from line by line", () =>
    run(
      bodyOf(kind, function* () {
        const process: Process = (yield exec("cat", [], both)) as never;
        for (const line of ["one\n", "two\n", "three\n"]) {
          process.stdin!.write(line);
          yield process.stdin!.drain();
          expect(text((yield process.stdout!.readLine()) as Uint8Array)).toBe(line);
        }
        process.stdin!.close();
        yield process.stdin!.waitClosed();
        expect(text((yield process.stdout!.read()) as Uint8Array)).toBe("");
        expect(yield process.wait()).toBe(0);
      }),
    ));

  it("a cancelled wait leaves it alone; a timeout ends communicate, not the child", () =>
    run(
      bodyOf(kind, function* () {
        const process: Process = (yield exec("sleep", ["1000"], both)) as never;
        for (const wait of [() => process.wait(), () => process.communicate(new Uint8Array(1_000_000))]) {
          const task = createTask(wait as () => PromiseLike<unknown>);
          yield sleep(0);
          yield sleep(0);
          task.cancel();
          yield gather([task], { returnExceptions: true });
          expect(task.cancelled()).toBe(true);
          expect([process.returncode, ["S", "R"].includes(stateOf(process.pid)!)]).toEqual([null, true]);
        }
        process.kill();
        expect(yield process.wait()).toBe(-9);
      }),
    ));

  it("with killOnCancel it dies with its waiter, which goes on when it has", () =>
    run(
      bodyOf(kind, function* () {
        for (const [command, killOnCancel, code] of [
          ["exec sleep 1000", true, -15],
          ["exec sleep 1000", 0, -9],
          ["trap '' TERM; echo; while :; do sleep 0.01; done", "50ms", -9],
          ["trap 'exit 7' TERM; echo; while :; do sleep 0.01; done", "5s", 7],
        ] as const) {
          for (const method of ["wait", "communicate"] as const) {
            const process: Process = (yield shell(`echo; ${command}`, { ...both, killOnCancel })) as never;
            yield process.stdout!.readLine();
            if (command.startsWith("trap")) yield process.stdout!.readLine();
            const task = createTask(() => process[method]() as PromiseLike<unknown>);
            yield sleep(0);
            yield sleep(0);
            task.cancel();
            yield gather([task], { returnExceptions: true });
            expect([task.cancelled(), process.returncode]).toEqual([true, code]);
          }
        }
      }),
    ));

  it("whoever writes on and on hears that the child has gone: while it waits, and where it never has to wait", () =>
    run(
      bodyOf(kind, function* () {
        const writeOn = function* (process: Process, size: number) {
          for (let i = 0; i < 1000; i++) {
            process.stdin!.write(new Uint8Array(size));
            yield process.stdin!.drain();
          }
          return "nothing";
        };
        const full: Process = (yield exec("sleep", ["1000"], both)) as never;
        const writing = createTask(bodyOf(kind, () => writeOn(full, 65_536)) as () => PromiseLike<string>);
        while (full.stdin!.transport.getWriteBufferSize() <= 65_536) yield sleep(0);
        full.kill();
        const [heard] = (yield gather([writing], { returnExceptions: true })) as [unknown];
        expect(heard).toBeInstanceOf(OSError);
        yield full.wait();

        const gone: Process = (yield exec("true", [], both)) as never;
        while (!["Z", null].includes(stateOf(gone.pid))); // No turn of the loop in between.
        const [told] = (yield gather(
          [createTask(bodyOf(kind, () => writeOn(gone, 100)) as () => PromiseLike<string>)],
          {
            returnExceptions: true,
          },
        )) as [unknown];
        expect(told).toBeInstanceOf(OSError);
        expect(yield gone.wait()).toBe(0);
      }),
    ));

  it("stops: SIGTERM, after the grace SIGKILL; an ended one has stopped", () =>
    run(
      bodyOf(kind, function* () {
        const polite: Process = (yield exec("sleep", ["1000"])) as never;
        expect(yield polite.stop()).toBe(-15);
        expect(yield polite.stop()).toBe(-15);
        const deaf: Process = (yield shell("trap '' TERM; echo; while :; do sleep 0.01; done", both)) as never;
        yield deaf.stdout!.readLine();
        expect(yield deaf.stop("20ms")).toBe(-9);
        const short: Process = (yield exec("sleep", ["1000"])) as never;
        expect(yield short.stop(0)).toBe(-9);
      }),
    ));

  it("as a resource it has ended with its block, however that ends", () =>
    run(
      bodyOf(kind, function* () {
        const used: Process[] = [];
        const use = (body: () => PromiseLike<void>) =>
          asyncWith(
            {
              aenter: () => exec("sleep", ["1000"], both),
              aexit: async () => await used.at(-1)![Symbol.asyncDispose](),
            },
            (process) => {
              used.push(process);
              return body();
            },
          );
        yield use(async () => {});
        yield gather([use(async () => Promise.reject(new RangeError("body")))], { returnExceptions: true });
        expect(yield moveOnAfter("10ms", () => use(() => sleep(1000)))).toMatchObject({ timedOut: true });
        expect(used.map(({ returncode }) => returncode)).toEqual([-9, -9, -9]);
        const finished: Process = (yield shell("exit 4")) as never;
        yield finished.wait();
        yield finished[Symbol.asyncDispose]();
        expect(finished.returncode).toBe(4);
      }),
    ));
});

describe("communicate", () => {
  it(
    "feeds and reads at the same time: 100 MB both ways",
    () =>
      run(async () => {
        const process = await exec("cat", [], both);
        const input = new Uint8Array(100_000_000);
        for (let i = 0; i < input.length; i += 4096) input[i] = (i / 4096) % 251;
        const [output, errors] = await process.communicate(input);
        expect([output.length, errors, process.returncode]).toEqual([input.length, null, 0]);
        for (let i = 0; i < input.length; i += 4096) if (output[i] !== input[i]) throw new Error(`differs at ${i}`);
      }),
    30_000,
  );

  it("large output on both, while nothing is read of the input's end", () =>
    run(async () => {
      const process = await shell("head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2; cat >/dev/null", {
        ...both,
        stderr: PIPE,
      });
      const [output, errors] = await process.communicate(new Uint8Array(5_000_000));
      expect([output.length, errors.length, process.returncode]).toEqual([3_000_000, 2_000_000, 0]);
    }));

  it("a child that stops reading is no error", () =>
    run(async () => {
      for (const command of ["exec 0<&-; echo hi", "head -c 1 >/dev/null; echo hi", "true; echo hi"]) {
        const process = await shell(command, both);
        const [output] = await process.communicate(new Uint8Array(5_000_000));
        expect([text(output), process.returncode]).toEqual(["hi\n", 0]);
      }
    }));

  it("closes stdin without an input, too", () =>
    run(async () => {
      expect(text((await (await exec("cat", [], both)).communicate())[0])).toBe("");
      expect(text((await (await exec("cat", [], both)).communicate(new Uint8Array(0)))[0])).toBe("");
    }));

  it("waits for a grandchild that holds the pipe; wait() does not", () =>
    run(async () => {
      const process = await shell("sleep 1000 & echo $!", { stdout: PIPE });
      expect(await process.wait()).toBe(0);
      const grandchild = Number(text(await process.stdout.readLine()));
      expect(stateOf(grandchild)).not.toBe(null);
      const task = createTask(() => process.communicate());
      await sleep(0.05);
      expect(task.done()).toBe(false);
      globalThis.process.kill(grandchild, "SIGKILL");
      const [output, errors] = await task;
      expect([output.length, errors]).toEqual([0, null]);
    }));

  it("a child that never reads can be given up", () =>
    run(async () => {
      const process = await exec("sleep", ["1000"], { stdin: PIPE, killOnCancel: true });
      const communicate = timeout("20ms", () => process.communicate(new Uint8Array(10_000_000)));
      await expect(communicate).rejects.toBeInstanceOf(TimeoutError);
      expect(process.returncode).toBe(-15);
    }));

  it("refuses an input that it could not write", () =>
    run(async () => {
      const process = await exec("true");
      expect(() => process.communicate("x")).toThrow("communicate() was given an input, but stdin is not PIPE");
      expect(() => process.communicate(1 as never)).toThrow(TypeError);
      await process.wait();
    }));
});

describe("how a child ends", () => {
  it("the return code is the exit code, or −N for signal N", () =>
    run(async () => {
      for (const [command, code] of [
        ["exit 0", 0],
        ["exit 255", 255],
        ["kill -9 $$", -9],
        ["kill -TERM $$", -15],
        ["kill -USR1 $$", -10],
        ["kill -SEGV $$", -11],
      ] as const) {
        expect(await (await shell(command)).wait()).toBe(code);
      }
    }));

  it("ten waits agree, before and after, and one that is cancelled takes nothing from the others", () =>
    run(async () => {
      const process = await exec("cat", [], both);
      const waits = Array.from({ length: 10 }, () => createTask(() => process.wait()));
      const cancelled = createTask(() => process.wait());
      await sleep(0);
      cancelled.cancel();
      process.stdin.close();
      expect(await gather(waits)).toEqual(Array.from(waits, () => 0));
      expect(cancelled.cancelled()).toBe(true);
      expect(await gather(Array.from({ length: 10 }, () => process.wait()))).toEqual(Array.from(waits, () => 0));
    }));

  it("signals are sent by name and number; to an ended child they are a ProcessLookupError", () =>
    run(async () => {
      for (const [signal, code] of [
        ["SIGUSR1", -10],
        [12, -12],
        ["SIGKILL", -9],
      ] as const) {
        const process = await exec("sleep", ["1000"]);
        process.sendSignal(0);
        process.sendSignal(signal);
        expect(await process.wait()).toBe(code);
        for (const send of [() => process.sendSignal(signal), () => process.terminate(), () => process.kill()]) {
          expect(send).toThrow(ProcessLookupError);
        }
      }
      const process = await exec("sleep", ["1000"]);
      expect(() => process.sendSignal("SIGNONE")).toThrow(new RangeError("sig SIGNONE is no signal of this system"));
      for (const bad of [65, -1, 1.5, Number.NaN]) expect(() => process.sendSignal(bad)).toThrow(RangeError);
      expect(() => process.sendSignal(null as never)).toThrow(TypeError);
      process.terminate();
      process.terminate();
      process.kill();
      expect(await process.wait()).toBeLessThan(0);
    }));

  it("a stopped child goes on", () =>
    run(async () => {
      const process = await exec("cat", [], both);
      process.sendSignal("SIGSTOP");
      await until(() => stateOf(process.pid) === "T", "it has stopped");
      process.stdin.write("x");
      process.sendSignal("SIGCONT");
      expect(text(await process.stdout.readExactly(1))).toBe("x");
      process.stdin.close();
      expect(await process.wait()).toBe(0);
    }));

  it("stop() that is cancelled kills at once", () =>
    run(async () => {
      const process = await shell("trap '' TERM; echo; while :; do sleep 0.01; done", both);
      await process.stdout.readLine();
      const stop = createTask(() => process.stop(1000));
      await sleep(0.02);
      stop.cancel();
      await expect(stop).rejects.toBeInstanceOf(CancelledError);
      expect(await process.wait()).toBe(-9);
    }));

  it("stop() ends the child in a scope that is cancelled already", () =>
    run(async () => {
      const process = await exec("sleep", ["1000"]);
      await moveOnAfter(0, async () => {
        try {
          await sleep(1000);
        } finally {
          await process.stop();
        }
      });
      expect(process.returncode).toBe(-15);
    }));

  it("a second cancellation ends the grace of killOnCancel", () =>
    run(async () => {
      const process = await shell("trap '' TERM; echo; while :; do sleep 0.01; done", { ...both, killOnCancel: 1000 });
      await process.stdout.readLine();
      const wait = createTask(() => process.wait());
      await sleep(0.01);
      wait.cancel();
      await sleep(0.02);
      expect(wait.done()).toBe(false);
      wait.cancel();
      await expect(wait).rejects.toBeInstanceOf(CancelledError);
      expect(await process.wait()).toBe(-9);
    }));
});

describe("standard streams", () => {
  it("stderr in stdout keeps the order of what is written", () =>
    run(async () => {
      const command = "for i in 1 2 3; do echo out $i; echo err $i >&2; done";
      const expected = "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n";
      for (const process of [
        await shell(command, { stdout: PIPE, stderr: STDOUT }),
        await exec("/bin/sh", ["-c", command], { stdout: PIPE, stderr: STDOUT }),
        await exec("sh", ["-c", command], { stdout: PIPE, stderr: STDOUT }),
      ]) {
        expect([await process.communicate(), process.stderr]).toEqual([[Buffer.from(expected), null], null]);
      }
    }));

  it("with stderr in stdout the shell's own complaints are there, too, as is the environment as it was given", () =>
    run(async () => {
      const merged = { stdout: PIPE, stderr: STDOUT } as const;
      const broken = await shell("echo (", merged);
      expect(text((await broken.communicate())[0])).toContain("yntax error");
      expect(broken.returncode).not.toBe(0);
      for (const env of [{ A: "1" }, { A: "1", PWD: "/", "b-c": "x y", "d.e": "'$A\"", none: undefined }]) {
        const printEnvironment = await exec("/usr/bin/env", [], { ...merged, env });
        const lines = text((await printEnvironment.communicate())[0])!.split("\n");
        for (const [name, value] of Object.entries(env)) {
          if (name === "PWD") continue; // A shell says where it is.
          expect(lines.includes(`${name}=${value}`)).toBe(value !== undefined);
        }
        expect(lines.some((line) => line.startsWith("PWD="))).toBe("PWD" in env);
      }
    }));

  it("with stderr in stdout the pid is the program's own, and signals reach it", () =>
    run(async () => {
      const process = await exec("sh", ["-c", "echo $$; exec sleep 1000"], { stdout: PIPE, stderr: STDOUT });
      expect(Number(text(await process.stdout.readLine()))).toBe(process.pid);
      process.kill();
      expect(await process.wait()).toBe(-9);
    }));

  it("descriptors, file handles and DEVNULL", () =>
    run(async () => {
      const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
      const [first, second] = [join(folder, "first"), join(folder, "second")];
      const fd = openSync(first, "w");
      const handle = await open(second, "w");
      try {
        await (await shell("echo out; echo err >&2", { stdout: fd, stderr: STDOUT })).wait();
        expect(readFileSync(first, "utf8")).toBe("out\nerr\n");
        await (await shell("echo out; echo err >&2", { stdout: DEVNULL, stderr: handle })).wait();
        expect(readFileSync(second, "utf8")).toBe("err\n");
        const input = openSync(first, "r");
        const process = await exec("cat", [], { stdin: input, stdout: PIPE });
        closeSync(input);
        expect(text((await process.communicate())[0])).toBe("out\nerr\n");
        expect(text((await (await exec("cat", [], { stdin: DEVNULL, stdout: PIPE })).communicate())[0])).toBe("");
        const passed = await shell(`echo more >> /proc/self/fd/${fd}`, { passFds: [0, fd], stderr: DEVNULL });
        expect(await passed.wait()).toBe(0);
        expect(readFileSync(first, "utf8")).toBe("out\nerr\nmore\n");
      } finally {
        closeSync(fd);
        await handle.close();
        rmSync(folder, { recursive: true });
      }
    }));

  it("a reader that nobody reads holds the child up, at twice its limit", () =>
    run(async () => {
      const process = await exec("yes", [], { stdout: PIPE, limit: 1000 });
      await until(() => stateOf(process.pid) === "S", "the child waits");
      const written = (): number => Number(/^wchar: (\d+)$/m.exec(readFileSync(`/proc/${process.pid}/io`, "utf8"))![1]);
      let before = -1;
      await until(() => before === (before = written()), "it writes no more");
      // The pipe, the runtime's buffers and ours: bounded, whatever their sizes.
      expect(before).toBeLessThan(2_000_000);
      let read = 0;
      while (read <= before) read += (await process.stdout.read(1_000_000)).length;
      expect(written()).toBeGreaterThan(before);
      process.kill();
      expect(await process.wait()).toBe(-9);
    }));

  it("what is left in a paused pipe when the child exits is still there, and bounded", () =>
    run(async () => {
      const process = await shell("head -c 60000 /dev/zero", { stdout: PIPE, limit: 10 });
      expect(await process.wait()).toBe(0);
      await sleep(0.02);
      let read = 0;
      while (!process.stdout.atEof()) read += (await process.stdout.read(1000)).length;
      expect(read).toBe(60_000);
    }));

  it("a writer waits while the child does not read, and fails when it has gone", () =>
    run(async () => {
      const process = await exec("sleep", ["1000"], both);
      process.stdin.write(new Uint8Array(1_000_000));
      const drain = createTask(() => process.stdin.drain());
      await sleep(0.02);
      expect(drain.done()).toBe(false);
      process.kill();
      await expect(drain).rejects.toMatchObject({ name: expect.stringMatching(/^(BrokenPipe|ConnectionReset)Error$/) });
      await process.wait();
      process.stdin.write("more");
      await expect(process.stdin.drain()).rejects.toMatchObject({ code: "ECONNRESET" });
    }));

  it.skipIf(onBun)("a writer notices a child that closes its stdin, at the latest when it writes", () =>
    run(async () => {
      const process = await shell("exec 0<&-; echo; exec sleep 1000", both);
      await process.stdout.readLine();
      process.stdin.write("x");
      await process.stdin.waitClosed().catch((error: unknown) => expect(error).toMatchObject({ code: "EPIPE" }));
      await process.stop(0);
    }),
  );
});

describe("the loop of a child", () => {
  it("closed while the child runs, it kills it and says so; one with a session of its own is left", async () => {
    const reports: ExceptionContext[] = [];
    const left: Process[] = [];
    await run(async () => {
      getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
      left.push(await exec("sleep", ["1000"], both));
      left.push(await exec("sleep", ["1000"], { startNewSession: true }));
    });
    expect(reports.map(({ message }) => message)).toEqual([
      `Child process ${left[0]!.pid} was still running when the event loop closed; it was killed`,
    ]);
    await until(() => stateOf(left[0]!.pid) === null, "the first child is gone");
    expect(stateOf(left[1]!.pid)).not.toBe(null);
    process.kill(left[1]!.pid, "SIGKILL");
  });

  it("reports one whose Process was dropped while it runs, when that is collected", () =>
    run(async () => {
      const loop = getRunningLoop();
      loop.slowCallbackDuration = Infinity; // Collecting garbage is slow.
      const reports: ExceptionContext[] = [];
      loop.setExceptionHandler((_, context) => void reports.push(context));
      const dropped: number[] = [];
      const drop = async (options: ProcessOptions) => {
        dropped.push((await exec("sleep", ["1000"], options)).pid);
      };
      const collectUntil = async (count: number) => {
        for (let more = 5; more > 0; await sleep(0.001)) {
          (globalThis as { gc?: () => void }).gc?.();
          if (reports.length >= count) more--;
        }
      };
      const about = (pid: number) => `subprocess ${pid} is still running, and nobody holds its Process any more`;
      const held = await exec("sleep", ["1000"]);
      try {
        await createTask(() => drop({}));
        // The program may have kept its stdout, and this one was made to live on.
        await createTask(() => drop({ stdout: PIPE }));
        await createTask(() => drop({ startNewSession: true }));
        await timeout(20, () => collectUntil(1));
        expect(reports.map(({ message }) => message)).toEqual([about(dropped[0]!)]);
        loop.setDebug(true);
        await createTask(() => drop({ stdout: PIPE }));
        // Garbage of before may be collected only now, and is reported now that debug mode wants it.
        const isReported = () => reports.some(({ message }) => message === about(dropped[3]!));
        await timeout(20, async () => {
          while (!isReported()) await collectUntil(2);
        });
      } finally {
        loop.setDebug(false);
        for (const pid of dropped) process.kill(pid, "SIGKILL");
        await held.stop(0);
      }
      expect(reports.some(({ message }) => message === about(held.pid))).toBe(false);
      expect("sourceTraceback" in reports[0]!).toBe(false);
      expect("sourceTraceback" in reports.find(({ message }) => message === about(dropped[3]!))!).toBe(true);
    }));

  it("in debug mode, tells of a pipe that is left open whose it is", async () => {
    const warnings: string[] = [];
    const warn = vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
    let pid = 0;
    try {
      const main = async () => {
        getRunningLoop().setExceptionHandler(() => {});
        pid = (await exec("sleep", ["1000"], both)).pid;
      };
      await run(main, { debug: true });
    } finally {
      warn.mockRestore();
    }
    const pipes = warnings.filter((text) => text.includes("unclosed transport"));
    expect(pipes).toHaveLength(2);
    expect(pipes[0]).toContain(`<SocketTransport pid=${pid} stdin open`);
    expect(pipes[1]).toContain(`<SocketTransport pid=${pid} stdout open`);
  });

  it("many children at once", () =>
    run(async () => {
      const codes = await gather(
        Array.from({ length: 60 }, (_, i) => async () => {
          const process = await shell(`read x; exit $x`, { stdin: PIPE, stdout: PIPE });
          await process.communicate(`${i}\n`);
          return process.returncode;
        }),
      );
      expect(codes).toEqual(Array.from(codes, (_, i) => i));
      expect(getRunningLoop()._openEndpoints).toBe(0);
    }));

  it("is told by its representation", () =>
    run(async () => {
      const process = await exec("sleep", ["1000"], both);
      expect(String(process)).toBe(`<Process ${process.pid}>`);
      await process.stop(0);
    }));
});
