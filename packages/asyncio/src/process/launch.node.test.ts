import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { children } from "../../../../tests/support/children.ts";
import {
  createSubprocessExec,
  createSubprocessShell,
  DEVNULL,
  FileNotFoundError,
  getRunningLoop,
  NotADirectoryError,
  OSError,
  PermissionError,
  PIPE,
  type ProcessOptions,
  run,
  STDOUT,
  SubprocessProtocol,
} from "../index.ts";

/** With `stderr: STDOUT` and a pipe the program is started in another way, which must not be seen. */
const ways: Record<string, ProcessOptions> = {
  directly: {},
  "with stderr in stdout": { stdout: PIPE, stderr: STDOUT },
};

describe.each(Object.keys(ways))("starting a child %s", (way) => {
  const base = ways[way]!;
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
    writeFileSync(join(folder, "text"), "no program");
    writeFileSync(join(folder, "script"), "#!/bin/sh\nexit 5\n");
    chmodSync(join(folder, "script"), 0o755);
    symlinkSync("/nonexistent/target", join(folder, "dangling"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const failure = (program: string, options: ProcessOptions = {}) =>
    run(async () => {
      const error = await createSubprocessExec(program, [], { ...base, ...options }).catch((caught: unknown) => caught);
      expect(children()).toEqual([]);
      return error;
    });

  it("throws FileNotFoundError for a program that does not exist, which names it", async () => {
    for (const program of ["nonexistent-program", "/nonexistent/program", join(folder, "dangling"), ""]) {
      const error = await failure(program);
      expect(error).toBeInstanceOf(FileNotFoundError);
      expect(error).toMatchObject({
        message: `[Errno 2] No such file or directory: '${program}'`,
        code: "ENOENT",
        errno: 2,
        syscall: "spawn",
        path: program,
      });
    }
  });

  it("tells when it is the folder that does not exist", async () => {
    const cwd = join(folder, "nowhere");
    const error = await failure("/bin/true", { cwd });
    expect(error).toBeInstanceOf(FileNotFoundError);
    expect(error).toMatchObject({ message: `[Errno 2] No such file or directory: '${cwd}'`, path: cwd });
  });

  it("throws NotADirectoryError for a folder that is a file", async () => {
    const error = await failure("/bin/true", { cwd: join(folder, "text") });
    expect(error).toBeInstanceOf(NotADirectoryError);
    expect(error).toMatchObject({ path: join(folder, "text") });
  });

  it("throws PermissionError for what cannot be executed", async () => {
    for (const program of [join(folder, "text"), folder]) {
      const error = await failure(program);
      expect(error).toBeInstanceOf(PermissionError);
      expect(error).toMatchObject({ message: `[Errno 13] Permission denied: '${program}'`, path: program });
    }
  });

  it("finds a program in the PATH that the child gets, and by a path from its folder", () =>
    run(async () => {
      for (const [program, options] of [
        ["script", { env: { PATH: `/nonexistent:${folder}` } }],
        ["./script", { cwd: folder }],
      ] as const) {
        const child = await createSubprocessExec(program, [], { ...base, ...options });
        expect(await child.wait()).toBe(5);
      }
      expect(await failureIn({ env: { PATH: "/nonexistent" } })).toBeInstanceOf(FileNotFoundError);
    }));

  const failureIn = (options: ProcessOptions) =>
    createSubprocessExec("script", [], { ...base, ...options }).catch((caught: unknown) => caught);

  it("gives arguments to the program as they are", () =>
    run(async () => {
      const args = ["a b", "", "$HOME", "`id`", "'", '"', "\\", "*", "-x", "ä\n"];
      const child = await createSubprocessExec("printf", ["[%s]", ...args], { stdout: PIPE, ...base });
      const [output] = await child.communicate();
      expect(new TextDecoder().decode(output!)).toBe(args.map((each) => `[${each}]`).join(""));
    }));

  it("fails with the system's error for a command line that is too long", async () => {
    const error = await run(async () =>
      createSubprocessExec("/bin/echo", ["x".repeat(10_000_000)], base).catch((caught: unknown) => caught),
    );
    expect(error).toBeInstanceOf(OSError);
    expect(error).toMatchObject({ code: "E2BIG" });
  });
});

describe("options of a child", () => {
  const exec = (options: object) => () => createSubprocessExec("/bin/true", [], options as ProcessOptions);
  const shell = (options: object) => () => createSubprocessShell("true", options as ProcessOptions);

  it("throws for what asyncio has and nothing here can do, and names it", () => {
    const names = ["preexecFn", "umask", "extraGroups", "processGroup", "pipesize", "startupinfo", "creationflags"];
    for (const name of names) expect(exec({ [name]: 1 })).toThrow(new RegExp(`^${name} is not supported here: `));
    expect(exec({ closeFds: false })).toThrow(TypeError);
    expect(exec({ uid: 0 })).toThrow("uid is not supported here: it is called user");
    expect(exec({ stdOut: PIPE })).toThrow("unknown option 'stdOut'");
  });

  it("throws asyncio's errors for options that have one value only", () => {
    for (const make of [exec, shell]) {
      expect(make({ universalNewlines: true })).toThrow(new RangeError("universalNewlines must be false"));
      expect(make({ text: true })).toThrow(new RangeError("text must be false"));
      expect(make({ encoding: "utf-8" })).toThrow(new RangeError("encoding must be null"));
      expect(make({ errors: "strict" })).toThrow(new RangeError("errors must be null"));
      expect(make({ bufsize: 1 })).toThrow(new RangeError("bufsize must be 0"));
    }
    expect(exec({ shell: true })).toThrow(new RangeError("shell must be false"));
    expect(shell({ shell: false })).toThrow(new RangeError("shell must be true"));
    expect(exec({ limit: 0 })).toThrow(new RangeError("Limit cannot be <= 0"));
    expect(exec({ limit: Number.NaN })).toThrow(RangeError);
    expect(exec({ killOnCancel: Number.NaN })).toThrow(RangeError);
  });

  it("throws for what is no string, no stream, no number", () => {
    expect(() => createSubprocessExec(1 as never)).toThrow("program arguments must be strings, got 1");
    expect(() => createSubprocessExec("x", [1 as never])).toThrow("program arguments must be strings, got 1");
    expect(() => createSubprocessExec("x", "y" as never)).toThrow("args must be an array of strings, got 'y'");
    expect(() => createSubprocessExec("a\0b")).toThrow(new RangeError("embedded null byte"));
    expect(() => createSubprocessShell(1 as never)).toThrow(new RangeError("cmd must be a string"));
    expect(exec({ stdin: "pipe" })).toThrow("stdin must be PIPE, DEVNULL, null, a descriptor or what has one");
    expect(exec({ stdin: STDOUT })).toThrow(new RangeError("STDOUT can only be used for stderr, not for stdin"));
    expect(exec({ stdout: 1.5 })).toThrow(TypeError);
    expect(exec({ passFds: [-1] })).toThrow(RangeError);
    expect(exec({ user: "root" })).toThrow("user must be a number here, got the name 'root'");
    expect(exec({ cwd: new URL("https://example.org") })).toThrow(TypeError);
    expect(exec({ cwd: "a\0b" })).toThrow(new RangeError("embedded null byte"));
  });

  it("throws for an environment that no child can have, before anything is started", () => {
    const env = (given: unknown) => exec({ env: given });
    expect(env({ "a\0b": "c" })).toThrow(new RangeError("embedded null byte"));
    expect(env({ a: "b\0" })).toThrow(new RangeError("embedded null byte"));
    for (const name of ["", "a=b", "a="]) {
      expect(env({ [name]: "x" })).toThrow(new RangeError("illegal environment variable name"));
    }
    for (const value of [5, null, true, {}, new Uint8Array(1)]) {
      expect(env({ A: value })).toThrow(TypeError);
      expect(env({ A: value })).toThrow("env's names and values must be strings, got ");
    }
    expect(env("A=1")).toThrow(new TypeError("env must be an object of strings, got 'A=1'"));
    expect(shell({ env: { "a=b": "c" } })).toThrow(new RangeError("illegal environment variable name"));
  });

  it("gives the child its environment as it was when it was checked", () =>
    run(async () => {
      const env: Record<string, string> = Object.create({ INHERITED: "1" });
      env["LATER"] = "3";
      const starting = createSubprocessExec("/usr/bin/env", [], { env, stdout: PIPE });
      env["LATER"] = "4\0";
      const [output] = await (await starting).communicate();
      expect(new TextDecoder().decode(output).trim().split("\n").sort()).toEqual(["INHERITED=1", "LATER=3"]);
    }));

  it("takes null and undefined for defaults", () =>
    run(async () => {
      const none = { stdin: undefined, stdout: DEVNULL, stderr: null, cwd: null, env: null, executable: null } as const;
      const more = { user: null, group: null, text: null, universalNewlines: undefined, closeFds: true } as object;
      expect(await (await createSubprocessExec("/bin/true", [], { ...none, ...more })).wait()).toBe(0);
    }));

  it("sets folder, environment, name and session", () =>
    run(async () => {
      const output = async (command: string, options: ProcessOptions) => {
        const child = await createSubprocessExec("/bin/sh", ["-c", command], { ...options, stdout: PIPE });
        return new TextDecoder().decode((await child.communicate())[0]).trim();
      };
      expect(await output("pwd -P", { cwd: "/usr" })).toBe("/usr");
      expect(await output("pwd -P", { cwd: new URL("file:///usr") })).toBe("/usr");
      expect(await output('echo "$A-$B-$HOME"', { env: { A: "1", B: undefined } })).toBe("1--");
      expect(await output("echo $0", { argv0: "named" })).toBe("named");
      const named = await createSubprocessExec("named", ["-c", "echo $0"], { executable: "/bin/sh", stdout: PIPE });
      expect(new TextDecoder().decode((await named.communicate())[0])).toBe("named\n");
      const session = "cut -d ' ' -f 1,6 /proc/$$/stat";
      const [own, sid] = (await output(session, { startNewSession: true })).split(" ");
      expect(sid).toBe(own);
    }));

  it("takes another shell", () =>
    run(async () => {
      const child = await createSubprocessShell("hello", { executable: "/bin/echo", stdout: PIPE });
      expect(new TextDecoder().decode((await child.communicate())[0])).toBe("-c hello\n");
    }));

  it("needs a loop that runs, and reports a child that is never started", async () => {
    const coroutine = createSubprocessExec("/bin/true");
    await expect(coroutine).rejects.toThrow("no running event loop");
    await run(async () => {
      const loop = getRunningLoop();
      expect(() => loop.subprocessExec(() => new SubprocessProtocol(), "x", [], { text: true } as never)).toThrow(
        RangeError,
      );
      await expect(
        loop.subprocessExec(() => {
          throw new TypeError("factory");
        }, "/bin/true"),
      ).rejects.toThrow("factory");
      const nothing = () => undefined as unknown as SubprocessProtocol;
      await expect(loop.subprocessExec(nothing, "/bin/true")).rejects.toThrow(
        "the protocol factory must return a protocol, got ",
      );
      expect(children()).toEqual([]);
    });
  });
});
