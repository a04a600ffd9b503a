import type { Delay } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeSocket } from "./node.ts";

/** What the option `ssl` takes: true is a client's default context. */
export type Ssl = true | object;

export interface SecureOptions {
  readonly serverHostname?: string | null | undefined;
  readonly handshakeTimeout?: Delay | undefined;
  readonly shutdownTimeout?: Delay | undefined;
}

/** Wraps a connected socket in TLS and gives the secured one, after the handshake. Destroys it when that fails. */
export function* secure(
  _loop: EventLoop,
  socket: NodeSocket,
  _side: "client" | "server",
  _ssl: Ssl,
  _options: SecureOptions,
): CoroutineGenerator<NodeSocket> {
  socket.destroy();
  throw new RuntimeError("TLS is not there yet");
}
