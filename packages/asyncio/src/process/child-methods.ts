import type { BaseProtocol, Protocol, SubprocessProtocol } from "../net/protocol.ts";
import type { ReadTransport, SubprocessTransport, WriteTransport } from "../net/transport.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { connectReadPipe, connectWritePipe, type ReadablePipe, type WritablePipe } from "./connect-pipe.ts";
import { subprocessExec, subprocessShell } from "./subprocess-exec.ts";
import type { SubprocessOptions } from "./subprocess-options.ts";

declare module "../tasks/event-loop.ts" {
  interface EventLoop {
    // ---- child processes

    /**
     * Starts `program` with `args` as a child process; `factory` makes its protocol. Gives both the transport and the
     * protocol, after `connectionMade`. `stdin`, `stdout` and `stderr` are pipes unless told otherwise.
     *
     * Throws `FileNotFoundError` or `PermissionError` for a program or folder that cannot be used, `TypeError` and
     * `RangeError` for options that cannot be had. A child whose start is cancelled is killed. asyncio:
     * `loop.subprocess_exec()`.
     */
    subprocessExec<P extends SubprocessProtocol>(
      factory: () => P,
      program: string,
      args?: readonly string[],
      options?: SubprocessOptions,
    ): Coroutine<[transport: SubprocessTransport, protocol: P]>;
    /** As `subprocessExec`, for a command line that a shell runs. asyncio: `loop.subprocess_shell()`. */
    subprocessShell<P extends SubprocessProtocol>(
      factory: () => P,
      command: string,
      options?: SubprocessOptions,
    ): Coroutine<[transport: SubprocessTransport, protocol: P]>;

    // ---- pipes

    /**
     * Has a protocol read the end of a pipe: a descriptor, or a stream of Node's such as `process.stdin`. The transport
     * owns it, and closes it. Throws `RangeError` for a regular file. asyncio: `loop.connect_read_pipe()`.
     */
    connectReadPipe<P extends Protocol>(
      factory: () => P,
      pipe: ReadablePipe,
    ): Coroutine<[transport: ReadTransport, protocol: P]>;
    /**
     * A transport that writes to a pipe: a descriptor, or a stream of Node's such as `process.stdout`, which it owns. The
     * protocol hears of flow control and of the end. asyncio: `loop.connect_write_pipe()`.
     */
    connectWritePipe<P extends BaseProtocol>(
      factory: () => P,
      pipe: WritablePipe,
    ): Coroutine<[transport: WriteTransport, protocol: P]>;
  }
}

/** The methods of the event loop for child processes and pipes. */
export const childMethods: Partial<EventLoop> & ThisType<EventLoop> = {
  subprocessExec(factory, program, args, options) {
    return subprocessExec(this, factory, program, args, options);
  },
  subprocessShell(factory, command, options) {
    return subprocessShell(this, factory, command, options);
  },
  connectReadPipe(factory, pipe) {
    return connectReadPipe(this, factory, pipe);
  },
  connectWritePipe(factory, pipe) {
    return connectWritePipe(this, factory, pipe);
  },
};
