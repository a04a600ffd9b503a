import { OutsideFuture } from "../interop/outside-future.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type NodeEmitter, type NodeSocket, nodeModule } from "./node.ts";
import type { Address } from "./protocol.ts";
import { toAddress } from "./socket-info.ts";

/** A listening socket, as `Server.sockets` shows it. */
export interface ServerSocket {
  /** The address that it listens on. Python: `getsockname()`. */
  getSockName(): Address;
}

interface NodeServer extends NodeEmitter {
  listen(options: object): unknown;
  close(): unknown;
  address(): { address: string; family: string | number; port: number } | string | null;
}
interface Net {
  createServer(options: object): NodeServer;
}

/** One listening socket of the runtime's. Connections come to `onConnection`; until it is set they wait. */
export class Listener {
  readonly socket: ServerSocket;
  private readonly server: NodeServer;
  private handler: ((socket: NodeSocket) => void) | null = null;
  private readonly waiting: NodeSocket[] = [];

  constructor(server: NodeServer) {
    this.server = server;
    const address = server.address();
    const name: Address =
      address === null || typeof address === "string"
        ? address
        : toAddress(address.address, address.family, address.port);
    this.socket = { getSockName: () => name };
    server.on("connection", (socket: NodeSocket) => {
      socket.on("error", noop);
      if (this.handler === null) this.waiting.push(socket);
      else this.handler(socket);
    });
  }

  set onConnection(handler: (socket: NodeSocket) => void) {
    this.handler = handler;
    for (const socket of this.waiting.splice(0)) handler(socket);
  }

  close(): void {
    this.server.close();
  }
}

/** Listens, by the options of `net.Server.listen`. Cancelled, it closes the socket again. */
export function* listen(
  loop: EventLoop,
  options: object,
  accepted: object,
  describe: (error: unknown) => unknown = systemError,
): CoroutineGenerator<Listener> {
  const { createServer } = nodeModule<Net>("net", "a server");
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, ...accepted });
  const listening = new OutsideFuture<void>({ loop });
  server.on("error", (error: unknown) => {
    if (!listening.done()) listening.setException(describe(error));
  });
  server.once("listening", () => {
    if (!listening.done()) listening.setResult();
  });
  try {
    server.listen(options);
    yield* listening;
  } catch (error) {
    server.close();
    throw error;
  }
  return new Listener(server);
}

function noop(): void {}
