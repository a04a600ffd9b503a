// The twins of processes.py. Each is a script: what it yields is awaited, in code of either kind.
import {
  type Awaitable,
  createTask,
  DEVNULL,
  createSubprocessExec as exec,
  type Future,
  gather,
  getRunningLoop,
  OSError,
  PIPE,
  type Process,
  ProcessLookupError,
  type ProcessOptions,
  STDOUT,
  SubprocessProtocol,
  type SubprocessTransport,
  createSubprocessShell as shell,
  sleep,
  TimeoutError,
  type WriteTransport,
  waitFor,
} from "asyncio-ts";

export type Show = (...values: unknown[]) => void;
type Steps = Generator<Awaitable<unknown>, void, never>;
type Outputs = [Uint8Array | null, Uint8Array | null];

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));
const both = { stdin: PIPE, stdout: PIPE } as const;

class Recording extends SubprocessProtocol {
  readonly events: string[][] = [[], [], []];
  readonly order: string[] = [];
  readonly done: Future<void> = getRunningLoop().createFuture<void>();
  received: number = 0;
  override connectionMade(): void {
    this.order.push("made");
  }
  override pipeDataReceived(fd: number, data: Uint8Array): void {
    this.received += data.length;
    if (data.length < 100) this.events[fd]!.push(text(data)!);
  }
  override pipeConnectionLost(fd: number, error: unknown): void {
    this.events[fd]!.push(error === null ? "lost" : "lost with an error");
  }
  override processExited(): void {
    this.order.push("exited");
  }
  override connectionLost(error: unknown): void {
    this.order.push(error === null ? "lost" : "lost with an error");
    this.done.setResult();
  }
}

class Flowing extends Recording {
  override pauseWriting(): void {
    this.order.push("pause");
  }
  override resumeWriting(): void {
    this.order.push("resume");
  }
}

export const programs: Readonly<Record<string, (show: Show) => Steps>> = {
  *"return codes"(show) {
    for (const command of ["exit 0", "exit 1", "exit 255", "kill -9 $$", "kill -TERM $$", "kill -USR1 $$"]) {
      const process: Process = yield shell(command);
      const before = process.returncode;
      const code: number = yield process.wait();
      show(before, code, process.returncode, yield process.wait());
    }
  },

  *communicate(show) {
    const first: Process = yield shell("cat; echo bad >&2; exit 3", { ...both, stderr: PIPE });
    const [output, errors]: Outputs = yield first.communicate("hello\n");
    show(text(output), text(errors), first.returncode);
    const second: Process = yield exec("echo", ["x"], { stdout: PIPE });
    const outputs: Outputs = yield second.communicate();
    show(text(outputs[0]), outputs[1], second.stdin === null, second.stderr === null);
  },

  *"large both ways"(show) {
    const process: Process = yield exec("cat", [], both);
    const [output]: Outputs = yield process.communicate(new Uint8Array(20_000_000));
    show(output!.length, process.returncode);
  },

  *"child stops reading"(show) {
    for (const command of ["exec 0<&-; echo hi", "head -c 1 > /dev/null; echo hi", "exit 5"]) {
      const process: Process = yield shell(command, both);
      const [output]: Outputs = yield process.communicate(new Uint8Array(5_000_000));
      show(text(output), process.returncode);
    }
  },

  *"stderr in stdout"(show) {
    const command = "for i in 1 2 3; do echo out $i; echo err $i >&2; done";
    const options = { stdout: PIPE, stderr: STDOUT } as const;
    const first: Process = yield exec("sh", ["-c", command], options);
    const [output, errors]: Outputs = yield first.communicate();
    show(text(output), errors);
    const second: Process = yield shell(command, options);
    const outputs: Outputs = yield second.communicate();
    show(text(outputs[0]), second.stderr === null);
  },

  *"lines of a child"(show) {
    const process: Process = yield exec("cat", [], both);
    const [stdin, stdout] = [process.stdin!, process.stdout!];
    for (const line of ["one\n", "two\n"]) {
      stdin.write(line);
      yield stdin.drain();
      show(text(yield stdout.readLine()));
    }
    stdin.write("three\nfour");
    stdin.close();
    for (let line: Uint8Array = yield stdout.readLine(); line.length > 0; line = yield stdout.readLine()) {
      show(text(line));
    }
    show(text(yield stdout.read()), stdout.atEof(), yield process.wait());
  },

  *signals(show) {
    for (const signal of ["SIGUSR1", "SIGTERM", 9]) {
      const process: Process = yield exec("sleep", ["1000"]);
      process.sendSignal(signal);
      show(yield process.wait());
      for (const send of [() => process.terminate(), () => process.kill(), () => process.sendSignal("SIGUSR1")]) {
        try {
          send();
          show("sent");
        } catch (error) {
          if (!(error instanceof ProcessLookupError)) throw error;
          show("ProcessLookupError");
        }
      }
    }
  },

  *"a handler in the child"(show) {
    const command = "trap 'echo caught; exit 7' TERM; echo ready; while :; do sleep 0.01; done";
    const process: Process = yield shell(command, { stdout: PIPE });
    show(text(yield process.stdout!.readLine()));
    process.terminate();
    show(text(yield process.stdout!.read()), yield process.wait());
  },

  *pipelines(show) {
    const command = "printf 'b\\na\\nc\\n' | sort | head -2; false | true; echo $?";
    const process: Process = yield shell(command, { stdout: PIPE });
    const [output]: Outputs = yield process.communicate();
    show(text(output), process.returncode);
  },

  *quoting(show) {
    const process: Process = yield exec("printf", ["[%s]", "a b", "", "$HOME", "`id`", "'", "*"], { stdout: PIPE });
    const [output]: Outputs = yield process.communicate();
    show(text(output));
  },

  *missing(show) {
    for (const [program, cwd] of [
      ["nonexistent-program", null],
      ["/bin/true", "/nonexistent"],
      ["/bin/true", "/etc/passwd"],
      ["/etc/passwd", null],
    ] as const) {
      try {
        yield exec(program, [], { cwd });
      } catch (error) {
        if (!(error instanceof OSError)) throw error;
        show(error.name, error.errno, error.path, error.message);
      }
    }
  },

  *"wrong options"(show) {
    for (const options of [
      { text: true },
      { universalNewlines: true },
      { bufsize: 1 },
      { encoding: "utf-8" },
      { shell: true },
    ]) {
      try {
        yield exec("true", [], options as ProcessOptions);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        show(Object.keys(options)[0], error.message);
      }
    }
  },

  *environment(show) {
    const env = { A: "1", PATH: "/usr/bin:/bin" };
    const process: Process = yield shell("echo $A-$B-$HOME; pwd -P", { env, cwd: "/usr", stdout: PIPE });
    const [output]: Outputs = yield process.communicate();
    show(text(output));
  },

  *devnull(show) {
    const options = { stdin: DEVNULL, stdout: DEVNULL, stderr: PIPE } as const;
    const process: Process = yield shell("cat; echo out; echo err >&2", options);
    const [, errors]: Outputs = yield process.communicate();
    show(text(errors), process.stdout === null);
  },

  *"concurrent waits"(show) {
    const process: Process = yield exec("cat", [], { stdin: PIPE });
    const waits = Array.from({ length: 10 }, () => createTask(process.wait()));
    const cancelled = createTask(process.wait());
    yield sleep(0);
    cancelled.cancel();
    process.stdin!.close();
    const codes: number[] = yield gather(waits);
    show(...codes, cancelled.cancelled());
  },

  *"a timeout leaves the child"(show) {
    const process: Process = yield exec("sleep", ["1000"], { stdout: PIPE });
    try {
      yield waitFor(process.communicate(), 0.01);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      show(error.name, process.returncode);
    }
    process.kill();
    show(yield process.wait());
  },

  *"a grandchild holds the pipe"(show) {
    const process: Process = yield shell("sleep 0.2 & echo x", { stdout: PIPE });
    show(text(yield process.stdout!.readLine()));
    const [output]: Outputs = yield process.communicate();
    show(text(output), process.returncode);
  },

  *"protocol events"(show) {
    const [transport, protocol]: [SubprocessTransport, Recording] = yield getRunningLoop().subprocessExec(
      () => new Recording(),
      "sh",
      ["-c", "cat; echo e >&2; exit 9"],
    );
    const stdin = transport.getPipeTransport(0) as WriteTransport;
    stdin.write("hi");
    stdin.writeEof();
    yield protocol.done;
    for (const [fd, events] of protocol.events.entries()) show(fd, ...events);
    show(...protocol.order, transport.getReturncode());
  },

  *"a closed transport kills"(show) {
    class Waiting extends Recording {
      override pipeConnectionLost(): void {}
    }
    const [transport, protocol]: [SubprocessTransport, Waiting] = yield getRunningLoop().subprocessExec(
      () => new Waiting(),
      "sleep",
      ["1000"],
    );
    transport.close();
    const closing = transport.isClosing();
    yield protocol.done;
    show(closing, transport.getReturncode());
  },

  *"flow control"(show) {
    const [transport, protocol]: [SubprocessTransport, Flowing] = yield getRunningLoop().subprocessExec(
      () => new Flowing(),
      "cat",
    );
    const calls = (): string[] => protocol.order.filter((each) => each === "pause" || each === "resume");
    const stdin = transport.getPipeTransport(0) as WriteTransport;
    stdin.write(new Uint8Array(3_000_000));
    show(...calls());
    stdin.close();
    yield protocol.done;
    show(...calls(), protocol.received);
  },
};
