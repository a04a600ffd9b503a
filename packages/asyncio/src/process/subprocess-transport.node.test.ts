import { afterEach, describe, expect, it } from "vitest";
import { children, stateOf, until } from "../../../../tests/support/children.ts";
import {
  CancelledError,
  ContextVar,
  createSubprocessExec,
  createTask,
  type ExceptionContext,
  type Future,
  getRunningLoop,
  PIPE,
  ProcessLookupError,
  run,
  SubprocessProtocol,
  type SubprocessTransport,
  sleep,
  type WriteTransport,
} from "../index.ts";

afterEach(() => until(() => children().length === 0, "no child is left"));

class Recorder extends SubprocessProtocol {
  readonly events: string[] = [];
  readonly ended: Future<void> = getRunningLoop().createFuture<void>();
  readonly received: number[] = [0, 0, 0];
  readonly text: string[] = [];
  transport: SubprocessTransport | null = null;

  override connectionMade(transport: SubprocessTransport): void {
    this.transport = transport;
    this.events.push("made");
  }
  override pipeDataReceived(fd: number, data: Uint8Array): void {
    if (this.events.at(-1) !== `data ${fd}`) this.events.push(`data ${fd}`);
    this.received[fd]! += data.length;
    if (data.length < 100) this.text.push(new TextDecoder().decode(data));
  }
  override pipeConnectionLost(fd: number, error: unknown): void {
    this.events.push(`lost ${fd}${error === null ? "" : ` ${(error as Error).name}`}`);
  }
  override processExited(): void {
    this.events.push(`exited ${this.transport!.getReturncode()}`);
  }
  override connectionLost(error: unknown): void {
    this.events.push(`lost${error === null ? "" : ` ${error}`}`);
    this.ended.setResult();
  }
  override pauseWriting(): void {
    this.events.push("pause");
  }
  override resumeWriting(): void {
    this.events.push("resume");
  }
}

const start = (command: string) => getRunningLoop().subprocessShell(() => new Recorder(), command);
const stdinOf = (transport: SubprocessTransport): WriteTransport => transport.getPipeTransport(0) as WriteTransport;

describe("a child's protocol", () => {
  it("hears of each pipe's data before its loss, of the exit, and of the end last", () =>
    run(async () => {
      for (let i = 0; i < 20; i++) {
        const [transport, { events, ended }] = await start("echo out; echo err >&2; exit 7");
        await ended;
        expect([events[0], events.at(-1)]).toEqual(["made", "lost"]);
        const sorted = ["data 1", "data 2", "exited 7", "lost", "lost 0", "lost 1", "lost 2", "made"];
        expect([...events].sort()).toEqual(sorted);
        for (const fd of [1, 2]) expect(events.indexOf(`data ${fd}`)).toBeLessThan(events.indexOf(`lost ${fd}`));
        expect([transport.getReturncode(), transport.isClosing()]).toEqual([7, false]);
        expect(getRunningLoop()._openEndpoints).toBe(0);
      }
    }));

  it("hears nothing of an end while a grandchild holds a pipe", () =>
    run(async () => {
      const [transport, { events, ended, text }] = await start("sleep 1000 & echo $!");
      await until(() => events.includes("exited 0") && text.length > 0, "it has exited");
      await sleep(0.02);
      expect([events.includes("lost 1"), ended.done()]).toEqual([false, false]);
      transport.close();
      await ended;
      expect(events.at(-1)).toBe("lost");
      process.kill(Number(text[0]), "SIGKILL");
    }));

  it("is told to pause and to go on", () =>
    run(async () => {
      const [transport, protocol] = await getRunningLoop().subprocessExec(() => new Recorder(), "cat");
      const stdin = stdinOf(transport);
      stdin.write(new Uint8Array(3_000_000));
      expect(protocol.events).toEqual(["made", "pause"]);
      stdin.close();
      await protocol.ended;
      expect(protocol.received).toEqual([0, 3_000_000, 0]);
      expect(protocol.events.filter((each) => !/^(data|lost|exited)/.test(each))).toEqual(["made", "pause", "resume"]);
    }));

  it("is told that what it wrote did not reach the child", () =>
    run(async () => {
      const [transport, { events, ended }] = await getRunningLoop().subprocessExec(() => new Recorder(), "sleep", [
        "1000",
      ]);
      stdinOf(transport).write(new Uint8Array(3_000_000));
      transport.kill();
      await ended;
      expect(events.some((each) => /^lost 0 (BrokenPipe|ConnectionReset)Error$/.test(each))).toBe(true);
      expect(events).toContain("exited -9");
    }));

  it("that throws is reported, each time, and goes on", () =>
    run(async () => {
      const reports: ExceptionContext[] = [];
      getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
      class Throwing extends Recorder {
        override connectionMade(transport: SubprocessTransport): void {
          super.connectionMade(transport);
          throw new RangeError("made");
        }
        override pipeDataReceived(): void {
          throw new RangeError("data");
        }
        override processExited(): void {
          throw new RangeError("exited");
        }
        override pipeConnectionLost(): void {
          throw new RangeError("pipe");
        }
      }
      const [transport, protocol] = await getRunningLoop().subprocessExec(() => new Throwing(), "echo", ["x"]);
      await protocol.ended;
      const messages = reports.map(({ message, exception }) => `${message}: ${(exception as Error).message}`);
      expect(messages.sort()).toEqual([
        "protocol.connectionMade() failed: made",
        "protocol.pipeConnectionLost() failed: pipe",
        "protocol.pipeConnectionLost() failed: pipe",
        "protocol.pipeConnectionLost() failed: pipe",
        "protocol.pipeDataReceived() failed: data",
        "protocol.processExited() failed: exited",
      ]);
      for (const report of reports) expect([report.transport, report.protocol]).toEqual([transport, protocol]);
      expect(transport.getReturncode()).toBe(0);
    }));

  it("is called in the context in which the child was started", () =>
    run(async () => {
      const variable = new ContextVar<string>("variable", { default: "none" });
      const seen = new Set<string>();
      class Seeing extends Recorder {
        override pipeDataReceived(): void {
          seen.add(variable.get());
        }
        override processExited(): void {
          seen.add(variable.get());
        }
      }
      const task = createTask(async () => {
        variable.set("set");
        return await getRunningLoop().subprocessExec(() => new Seeing(), "echo", ["x"]);
      });
      const [, protocol] = await task;
      await protocol.ended;
      expect([...seen]).toEqual(["set"]);
    }));

  it("may be replaced", () =>
    run(async () => {
      const [transport, first] = await getRunningLoop().subprocessExec(() => new Recorder(), "cat");
      const second = new Recorder();
      second.transport = transport;
      expect(transport.getProtocol()).toBe(first);
      transport.setProtocol(second);
      stdinOf(transport).write("x");
      stdinOf(transport).close();
      await second.ended;
      expect([first.events, second.received]).toEqual([["made"], [0, 1, 0]]);
    }));
});

describe("a child's transport", () => {
  it("kills a running child when it is closed, and leaves the code of a finished one", () =>
    run(async () => {
      const [running, protocol] = await start("exec sleep 1000");
      running.close();
      running.close();
      expect(running.isClosing()).toBe(true);
      await protocol.ended;
      expect(running.getReturncode()).toBe(-9);
      const [finished, done] = await start("exit 3");
      await done.ended;
      finished.close();
      await sleep(0.01);
      expect(finished.getReturncode()).toBe(3);
    }));

  it("lets the child read what was written before it was closed for writing", () =>
    run(async () => {
      const [transport, protocol] = await start("cat; exit 2");
      stdinOf(transport).writeLines(["some ", "words"]);
      stdinOf(transport).writeEof();
      await protocol.ended;
      expect([protocol.received[1], transport.getReturncode()]).toEqual([10, 2]);
    }));

  it("tells about the child and its pipes", () =>
    run(async () => {
      const [transport, protocol] = await getRunningLoop().subprocessExec(() => new Recorder(), "cat", [], {
        stderr: null,
      });
      expect(stateOf(transport.getPid())).not.toBe(null);
      expect(transport.getReturncode()).toBe(null);
      expect(transport.getPipeTransport(2)).toBe(null);
      expect(transport.getExtraInfo("subprocess")).toMatchObject({ pid: transport.getPid() });
      expect(transport.getExtraInfo("peername", "none")).toBe("none");
      expect(String(transport)).toMatch(/^<SubprocessTransport pid=\d+ running stdin=<.*> stdout=<.*>>$/);
      transport.kill();
      await protocol.ended;
      expect(String(transport)).toMatch(/^<SubprocessTransport pid=\d+ returncode=-9 /);
      expect(() => transport.terminate()).toThrow(ProcessLookupError);
    }));

  it("does not read while it is paused", () =>
    run(async () => {
      const [transport, protocol] = await start("head -c 1000000 /dev/zero");
      const stdout = transport.getPipeTransport(1)! as never as { pauseReading(): void; resumeReading(): void };
      stdout.pauseReading();
      await sleep(0.03);
      const before = protocol.received[1];
      await sleep(0.03);
      expect(protocol.received[1]).toBe(before);
      stdout.resumeReading();
      await protocol.ended;
      expect(protocol.received[1]).toBe(1_000_000);
    }));

  it("counts as an open endpoint until the child and its pipes have ended", () =>
    run(async () => {
      const loop = getRunningLoop();
      const process = await createSubprocessExec("cat", [], { stdin: PIPE });
      expect(loop._openEndpoints).toBe(2);
      process.stdin.close();
      await process.wait();
      await until(() => loop._openEndpoints === 0, "nothing is open");
    }));
});

describe("a start that is cancelled", () => {
  /** Cancels after some iterations of the loop. */
  const cancelledAfter = (turns: number, make: () => PromiseLike<unknown>) =>
    run(async () => {
      const task = createTask(make);
      for (let i = 0; i < turns; i++) await sleep(0);
      const cancelled = task.cancel();
      const outcome = await task.catch((error: unknown) => error);
      await until(() => getRunningLoop()._openEndpoints === 0, "nothing is open");
      return [cancelled, outcome] as const;
    });

  it("leaves nothing behind, wherever it is", async () => {
    let ran = 0;
    for (let turns = 0; turns < 12; turns++) {
      for (const options of [{}, { stdin: PIPE, stdout: PIPE, stderr: PIPE }]) {
        const [cancelled, outcome] = await cancelledAfter(turns, async () => {
          const process = await createSubprocessExec("sleep", ["1000"], options);
          ran++;
          await process.stop(0);
        });
        if (cancelled) expect(outcome).toBeInstanceOf(CancelledError);
        expect(children()).toEqual([]);
      }
    }
    expect(ran).toBeGreaterThan(0);
  });

  it("of a program that does not exist is cancelled as well", async () => {
    for (let turns = 0; turns < 4; turns++) {
      const [cancelled, outcome] = await cancelledAfter(turns, () => createSubprocessExec("nonexistent-program"));
      if (cancelled) expect(outcome).toBeInstanceOf(CancelledError);
    }
  });
});
