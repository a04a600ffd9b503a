/** Stands in for `loop-methods.ts` in browsers: what needs sockets or threads says so, instead of being no function. */
import { RuntimeError } from "../loop/errors.ts";
import { EventLoop } from "../tasks/event-loop.ts";

const names: readonly string[] = [
  // streams
  "createConnection",
  "createServer",
  "createUnixConnection",
  "createUnixServer",
  "connectAcceptedSocket",
  "sendFile",
  "startTls",
  // UDP
  "createDatagramEndpoint",
  // sockets of the program's own
  "addReader",
  "removeReader",
  "addWriter",
  "removeWriter",
  "sockRecv",
  "sockRecvInto",
  "sockRecvFrom",
  "sockRecvFromInto",
  "sockSendAll",
  "sockSendTo",
  "sockSendFile",
  "sockConnect",
  "sockAccept",
  // names and addresses
  "getAddrInfo",
  "getNameInfo",
  "setResolver",
  "getResolver",
  // threads
  "runInExecutor",
  "setDefaultExecutor",
  "shutdownDefaultExecutor",
  // child processes and pipes
  "subprocessExec",
  "subprocessShell",
  "connectReadPipe",
  "connectWritePipe",
];

for (const name of names) {
  const value = (): never => {
    throw new RuntimeError(
      `loop.${name}() needs Node, Bun or Deno: there are no sockets, threads and processes in browsers`,
    );
  };
  Object.defineProperty(EventLoop.prototype, name, { value, writable: true, configurable: true });
}
