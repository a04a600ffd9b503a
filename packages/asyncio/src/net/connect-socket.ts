import { OutsideFuture } from "../interop/outside-future.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type NodeSocket, nodeModule } from "./node.ts";

interface Net {
  readonly Socket: new (options: object) => NodeSocket & { connect(options: object): unknown };
}

/** Connects a socket of its own, by the options of `net.connect`. Destroys it when it fails or is cancelled. */
export function* connectSocket(
  loop: EventLoop,
  options: object,
  describe: (error: unknown) => unknown = systemError,
): CoroutineGenerator<NodeSocket> {
  const { Socket } = nodeModule<Net>("net", "a connection");
  const socket = new Socket({ allowHalfOpen: true });
  const connected = new OutsideFuture<void>({ loop });
  const onConnect = (): void => {
    if (!connected.done()) connected.setResult();
  };
  const onError = (error: unknown): void => {
    if (!connected.done()) connected.setException(describe(error));
  };
  // It stays: an error before the transport listens must not end the process. The transport sees that it is destroyed.
  socket.on("error", onError);
  socket.once("connect", onConnect);
  try {
    socket.connect({ noDelay: true, autoSelectFamily: false, ...options });
    yield* connected;
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.off("connect", onConnect);
  return socket;
}
