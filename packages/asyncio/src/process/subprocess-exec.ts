import { checkFactory, makeProtocol } from "../net/make-transport.ts";
import type { SubprocessProtocol } from "../net/protocol.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { launch } from "./launch.ts";
import { type Command, execCommand, PIPE, type SubprocessOptions, shellCommand } from "./subprocess-options.ts";
import { ChildTransport } from "./subprocess-transport.ts";

export function subprocessExec<P extends SubprocessProtocol>(
  loop: EventLoop,
  factory: () => P,
  program: string,
  args: readonly string[] = [],
  options: SubprocessOptions = {},
): Coroutine<[ChildTransport, P]> {
  checkFactory(factory);
  return new FunctionCoroutine(startDefinition, undefined, [loop, factory, execCommand(program, args, piped(options))]);
}

export function subprocessShell<P extends SubprocessProtocol>(
  loop: EventLoop,
  factory: () => P,
  command: string,
  options: SubprocessOptions = {},
): Coroutine<[ChildTransport, P]> {
  checkFactory(factory);
  return new FunctionCoroutine(startDefinition, undefined, [loop, factory, shellCommand(command, piped(options))]);
}

/** On this level all three are pipes, unless said otherwise. */
function piped(options: SubprocessOptions): SubprocessOptions {
  const { stdin = PIPE, stdout = PIPE, stderr = PIPE } = options;
  return { ...options, stdin, stdout, stderr };
}

/** Starts the child and waits for `connectionMade`. Whatever comes in between, a child that was started is ended. */
export function* start<P extends SubprocessProtocol>(
  loop: EventLoop,
  factory: () => P,
  command: Command,
): CoroutineGenerator<[ChildTransport, P]> {
  const protocol = makeProtocol(factory);
  const child = yield* launch(loop, command);
  // A child lives long: it must not keep who has waited for its start.
  let made: PrivateFuture<void> | null = new PrivateFuture<void>({ loop });
  const transport = new ChildTransport(loop, protocol, child, command.options.detached, () => {
    if (made?.done() === false) made.setResult();
    made = null;
  });
  try {
    yield* made;
  } catch (error) {
    transport.close();
    yield* transport._waitForEnd();
    throw error;
  }
  return [transport, protocol];
}

const startDefinition = define(start as never, "subprocessExec");
