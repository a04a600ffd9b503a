import { NotImplementedError, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { makeSystemError } from "../loop/system-errors.ts";
import { AcceptQueue } from "./accept-queue.ts";
import { DatagramInput } from "./datagram-input.ts";
import { DatagramOutput, type NodeDatagrams } from "./datagram-output.ts";
import { datagramTransportOf } from "./datagram-socket-transport.ts";
import type { Input } from "./input.ts";
import type { NodeServer } from "./listener.ts";
import type { Readiness } from "./readiness.ts";
import { transportOf } from "./socket-transport.ts";
import { type NodeReadable, StreamInput } from "./stream-input.ts";
import { type NodeWritable, StreamOutput } from "./stream-output.ts";

type Kind = "stream" | "datagram" | "server";

const inputs = new WeakMap<object, Input>();
const outputs = new WeakMap<object, StreamOutput | DatagramOutput>();
const servers = new WeakMap<object, AcceptQueue>();

/** What `addReader` watches. */
export function readinessToRead(source: unknown, caller: string): Readiness {
  return kindOf(source, caller) === "server" ? acceptQueueOf(source, caller) : inputOf(source, caller);
}

/** What `addWriter` watches: a server is never ready for it. */
export function readinessToWrite(source: unknown, caller: string): Readiness {
  if (kindOf(source, caller) === "server") throw invalid(source);
  return outputOf(source, caller);
}

/** The same, if anybody has asked for it before. */
export function knownReadiness(direction: "read" | "write", source: unknown, caller: string): Readiness | undefined {
  const kind = kindOf(source, caller);
  if (direction === "write") return outputs.get(source as object);
  return (kind === "server" ? servers : inputs).get(source as object);
}

/** Throws for what is no socket, and for one that belongs to a transport. */
export function inputOf(source: unknown, caller: string): Input {
  const kind = kindOf(source, caller);
  const known = inputs.get(source as object);
  if (known !== undefined) return known;
  if (kind === "server") throw makeSystemError("ENOTCONN");
  if (kind === "stream" && typeof (source as Partial<NodeReadable>).readableLength !== "number") throw invalid(source);
  const input =
    kind === "stream"
      ? new StreamInput(source as NodeReadable)
      : new DatagramInput(source as NodeDatagrams, isClosed(source as NodeDatagrams));
  inputs.set(source as object, input);
  return input;
}

export function outputOf(source: unknown, caller: string): StreamOutput | DatagramOutput {
  const kind = kindOf(source, caller);
  const known = outputs.get(source as object);
  if (known !== undefined) return known;
  if (kind === "server") throw makeSystemError("ENOTCONN");
  if (kind === "stream" && typeof (source as Partial<NodeWritable>).writableLength !== "number") throw invalid(source);
  const output =
    kind === "stream"
      ? new StreamOutput(source as NodeWritable)
      : new DatagramOutput(source as NodeDatagrams, isClosed(source as NodeDatagrams));
  outputs.set(source as object, output);
  return output;
}

/** Throws `EINVAL` for what does not listen. */
export function acceptQueueOf(source: unknown, caller: string): AcceptQueue {
  const kind = kindOf(source, caller);
  const known = servers.get(source as object);
  if (known !== undefined) return known;
  if (kind !== "server" || !(source as NodeServer).listening) throw makeSystemError("EINVAL");
  const queue = new AcceptQueue(source as NodeServer, (socket) => void inputOf(socket, caller));
  servers.set(source as object, queue);
  return queue;
}

/** The socket is not the program's, but a secured one: nobody else may read or write the bytes below. */
export function checkNotSecure(source: unknown): void {
  if ((source as { readonly encrypted?: unknown } | null)?.encrypted !== true) return;
  throw new TypeError(`Socket cannot be of type ${(source as object).constructor.name}`);
}

function kindOf(source: unknown, caller: string): Kind {
  if (typeof source === "number") throw bareDescriptor(source, caller);
  if (typeof source !== "object" || source === null) throw invalid(source);
  const transport = transportOf(source) ?? datagramTransportOf(source);
  if (transport !== undefined && !transport.isClosing()) {
    throw new RuntimeError(`File descriptor ${repr(source)} is used by transport ${repr(transport)}`);
  }
  const { on, bind, send, listen, fd, fileno, readableLength, writableLength } = source as Record<string, unknown>;
  if (typeof on === "function") {
    if (typeof bind === "function" && typeof send === "function") return "datagram";
    if (typeof listen === "function" && "listening" in source) return "server";
    if (typeof readableLength === "number" || typeof writableLength === "number") return "stream";
  }
  throw typeof fd === "number" || typeof fileno === "function" ? bareDescriptor(source, caller) : invalid(source);
}

function bareDescriptor(descriptor: unknown, caller: string): Error {
  if (typeof descriptor === "number" && !(Number.isInteger(descriptor) && descriptor >= 0)) {
    return new RangeError(`Invalid file descriptor: ${descriptor}`);
  }
  return new NotImplementedError(
    `loop.${caller}() cannot use a bare descriptor (${repr(descriptor)}): no JavaScript runtime tells when one is ready, only ` +
      "a native loop such as uvloop's could (@asyncio-ts/uvloop, not here yet). Use a socket of the runtime's " +
      "(net.Socket, net.Server, dgram.Socket, a stream), or streams and transports: openConnection(), " +
      "loop.createConnection(), loop.connectReadPipe()",
  );
}

function invalid(source: unknown): RangeError {
  return new RangeError(`Invalid file object: ${repr(source)}`);
}

/** Of the closed ones Node says that they do not run, of those that are not bound that they have no address. */
function isClosed(socket: NodeDatagrams): boolean {
  try {
    socket.address();
    return false;
  } catch (error) {
    return (error as { readonly code?: unknown }).code === "ERR_SOCKET_DGRAM_NOT_RUNNING";
  }
}
