import { leavesLoop } from "../loop/errors.ts";
import { callAny } from "../structured/call-body.ts";
import type { Body } from "../tasks/body.ts";
import { define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { CloseWaiter } from "./close-waiter.ts";
import { FlowControlMixin } from "./flow-control-mixin.ts";
import type { StreamReader } from "./stream-reader.ts";
import { StreamWriter } from "./stream-writer.ts";
import type { Transport } from "./transport.ts";

/**
 * Serves one connection of a server: an async function, a generator function, or a plain function that gives the stream
 * to somebody else. It runs as a task of its own. An error that it throws is reported to the loop's exception handler,
 * and the connection is closed; a cancelled one is closed silently.
 */
export type ConnectionHandler = (reader: StreamReader, writer: StreamWriter) => Body<unknown> | void;

/**
 * Passes what a transport receives to a `StreamReader`, and lets a `StreamWriter` wait. asyncio: `StreamReaderProtocol`.
 *
 * With a `handler` it is the server's side: the handler is started for the connection, with the reader and a writer.
 *
 * The reader is not held by its connection, so that a stream which nobody can read or write any more is noticed.
 */
export class StreamReaderProtocol extends FlowControlMixin {
  private weak: WeakRef<StreamReader> | null;
  /** Until the handler has it. */
  private held: StreamReader | null;
  private readonly handler: ConnectionHandler | null;
  private overSsl: boolean = false;
  private readonly closing: CloseWaiter;

  constructor(
    reader: StreamReader | null,
    handler: ConnectionHandler | null = null,
    options: { readonly loop?: EventLoop | undefined } = {},
  ) {
    super(options);
    this.weak = reader === null ? null : new WeakRef(reader);
    this.handler = handler;
    this.held = handler === null ? null : reader;
    this.closing = new CloseWaiter(this._loop);
  }

  override connectionMade(transport: Transport): void {
    const { reader } = this;
    this.overSsl = isOverSsl(transport);
    reader?.setTransport(transport);
    this.held = null;
    if (this.handler === null || reader === null) return;
    startHandler(this.handler, reader, new StreamWriter(transport, this, reader, this._loop), this._loop);
  }

  override dataReceived(data: Uint8Array): void {
    this.reader?.feedData(data);
  }

  /** The stream stays open for writing, but for TLS, which has no half of an end. */
  override eofReceived(): boolean {
    this.reader?.feedEof();
    return !this.overSsl;
  }

  override connectionLost(error: unknown): void {
    const lostWith = error ?? null;
    const { reader } = this;
    if (lostWith === null) reader?.feedEof();
    else reader?.setException(lostWith);
    this.closing.close(lostWith);
    super.connectionLost(lostWith);
    this.weak = this.held = null;
  }

  private get reader(): StreamReader | null {
    return this.held ?? this.weak?.deref() ?? null;
  }

  /** @internal */
  get _isServerSide(): boolean {
    return this.handler !== null;
  }

  /** @internal */
  _closeWaiter(_writer: StreamWriter): CloseWaiter {
    return this.closing;
  }

  /** @internal */
  _replaceTransport(transport: Transport): void {
    this.overSsl = isOverSsl(transport);
    this.reader?._replaceTransport(transport);
  }
}

function isOverSsl(transport: Transport): boolean {
  return transport.getExtraInfo("sslContext") !== null;
}

function startHandler(handler: ConnectionHandler, reader: StreamReader, writer: StreamWriter, loop: EventLoop): void {
  const task = loop.createTask(new FunctionCoroutine<unknown>(handleDefinition, undefined, [handler, reader, writer]), {
    name: handlerName(handler, writer.transport),
  });
  task.addDoneCallback((ended) => handlerEnded(ended, writer));
}

function* handle(handler: ConnectionHandler, reader: StreamReader, writer: StreamWriter): CoroutineGenerator<unknown> {
  return yield* callAny(handler, undefined, reader, writer);
}

function handlerEnded(task: Task<unknown>, { transport }: StreamWriter): void {
  if (task.cancelled()) return transport.close();
  const error = task.exception();
  if (error === null) return;
  if (!leavesLoop(error)) {
    task.getLoop().callExceptionHandler({
      message: "Unhandled exception in client_connected_cb",
      exception: error,
      task,
      transport,
    });
  }
  transport.close();
}

function handlerName(handler: ConnectionHandler, transport: Transport): string {
  const name = handler.name === "" ? "handler" : handler.name;
  const peer = transport.getExtraInfo("peername");
  if (peer === null || peer === "") return name;
  if (typeof peer === "string") return `${name} ${peer}`;
  const [host, port] = peer;
  return `${name} ${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const handleDefinition = define(handle as never, "handle");
