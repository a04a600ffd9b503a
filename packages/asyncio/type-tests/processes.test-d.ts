// What a process has follows from its options.
import {
  createSubprocessExec,
  createSubprocessShell,
  DEVNULL,
  PIPE,
  type Process,
  STDOUT,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import { expectTypeOf } from "vitest";

export async function check(maybe: boolean): Promise<void> {
  const none = await createSubprocessExec("true");
  expectTypeOf(none.stdin).toEqualTypeOf<null>();
  expectTypeOf(none.communicate()).resolves.toEqualTypeOf<[stdout: null, stderr: null]>();
  const some = await createSubprocessExec("cat", ["-n"], { stdin: PIPE, stdout: PIPE, stderr: STDOUT });
  expectTypeOf(some.stdin).toEqualTypeOf<StreamWriter>();
  expectTypeOf(some.stdout).toEqualTypeOf<StreamReader>();
  expectTypeOf(some.stderr).toEqualTypeOf<null>();
  expectTypeOf(some.communicate("x")).resolves.toEqualTypeOf<[stdout: Uint8Array, stderr: null]>();
  const unknown = await createSubprocessShell("cat", { stdout: maybe ? PIPE : DEVNULL });
  expectTypeOf(unknown.stdout).toEqualTypeOf<StreamReader | null>();
  const processes: Process[] = [none, some, unknown];
  expectTypeOf(processes[0]!.returncode).toEqualTypeOf<number | null>();
  // @ts-expect-error a stream is PIPE, DEVNULL, a descriptor or null
  createSubprocessExec("cat", [], { stdin: "pipe" });
  // @ts-expect-error arguments are an array
  createSubprocessExec("cat", "-n");
}
