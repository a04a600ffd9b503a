/// <reference lib="esnext.disposable" preserve="true" />
import "./executors/loop-methods.ts";
import "./process/loop-methods.ts";

export type { Executor } from "./executors/executor.ts";
export { runCoroutineThreadsafe } from "./executors/run-coroutine-threadsafe.ts";
export { toThread } from "./executors/to-thread.ts";
export { wrapFuture } from "./executors/wrap-future.ts";
export type { Emitter, Target } from "./interop/emitter.ts";
export { type EventIterator, type Events, type EventsOptions, events } from "./interop/events.ts";
export { type Callback, fromCallback } from "./interop/from-callback.ts";
export { type EventOptions, fromEvent } from "./interop/from-event.ts";
export { type WrapPromiseOptions, wrapPromise } from "./interop/wrap-promise.ts";
export { Context, ContextVar, copyContext, Token } from "./loop/context.ts";
export type { Delay } from "./loop/delay.ts";
export {
  BrokenBarrierError,
  BrokenResourceError,
  CancelledError,
  ClosedResourceError,
  EndOfChannel,
  InvalidStateError,
  isCancelled,
  KeyboardInterrupt,
  NotImplementedError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  SendfileNotAvailableError,
  StopIteration,
  TimeoutError,
  WouldBlock,
} from "./loop/errors.ts";
export type { ExceptionContext, ExceptionHandler } from "./loop/exception-handler.ts";
export type { Handle, TimerHandle } from "./loop/handle.ts";
export { OSError, type OSErrorDetails } from "./loop/os-error.ts";
export { SslCertVerificationError, SslError } from "./loop/ssl-errors.ts";
export {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  GaiError,
  IsADirectoryError,
  NotADirectoryError,
  PermissionError,
  ProcessLookupError,
} from "./loop/system-errors.ts";
export { type LoopPort, RemoteLoop } from "./loop/threadsafe.ts";
export type { AcceptedSocketOptions } from "./net/connect-accepted-socket.ts";
export type { ConnectionOptions } from "./net/create-connection.ts";
export type { CommonServerOptions, ServerHost, ServerOptions } from "./net/create-server.ts";
export type { UnixConnectionOptions } from "./net/create-unix-connection.ts";
export type { UnixServerOptions } from "./net/create-unix-server.ts";
export type { DatagramEndpointOptions } from "./net/datagram-endpoint.ts";
export { DnsResolver, type DnsResolverOptions } from "./net/dns-resolver.ts";
export type { BlobLike, FileHandleLike, SendableFile } from "./net/file-source.ts";
export { FlowControlMixin } from "./net/flow-control-mixin.ts";
export type { AddressInfo, AddrInfoOptions, InternetAddress } from "./net/get-addr-info.ts";
export type { ServerSocket } from "./net/listener.ts";
export {
  type OpenConnectionOptions,
  type OpenUnixConnectionOptions,
  openConnection,
  openUnixConnection,
} from "./net/open-connection.ts";
export {
  type Address,
  BaseProtocol,
  BufferedProtocol,
  DatagramProtocol,
  Protocol,
  SubprocessProtocol,
} from "./net/protocol.ts";
export type { LookupAnswer, LookupQuery, Resolver } from "./net/resolver.ts";
export type { Ssl } from "./net/secure.ts";
export type { SendFileOptions } from "./net/send-file.ts";
export { Server } from "./net/server.ts";
export type { Memory } from "./net/sock-recv.ts";
export {
  type AddressFamily,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  AF_UNSPEC,
  AI_ADDRCONFIG,
  AI_ALL,
  AI_CANONNAME,
  AI_NUMERICHOST,
  AI_NUMERICSERV,
  AI_PASSIVE,
  AI_V4MAPPED,
  IPPROTO_TCP,
  IPPROTO_UDP,
  NI_DGRAM,
  NI_NAMEREQD,
  NI_NOFQDN,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from "./net/socket-constants.ts";
export { createDefaultContext, type Pem, SslContext, type SslContextOptions } from "./net/ssl-context.ts";
export type { SslTimeouts } from "./net/ssl-options.ts";
export {
  type StartServerOptions,
  type StartUnixServerOptions,
  startServer,
  startUnixServer,
} from "./net/start-server.ts";
export type { StartTlsOptions } from "./net/start-tls.ts";
export { IncompleteReadError, LimitOverrunError } from "./net/stream-errors.ts";
export { type ConnectionHandler, StreamReaderProtocol } from "./net/stream-protocol.ts";
export { type LineIterator, StreamReader, type StreamReaderOptions } from "./net/stream-reader.ts";
export { StreamWriter, type WriterProtocol } from "./net/stream-writer.ts";
export { SystemResolver, type SystemResolverOptions } from "./net/system-resolver.ts";
export {
  BaseTransport,
  DatagramTransport,
  type ExtraInfo,
  type ReadTransport,
  SubprocessTransport,
  Transport,
  type WriteBufferLimits,
  type WriteData,
  type WriteTransport,
} from "./net/transport.ts";
export type { ReadablePipe, WritablePipe } from "./process/connect-pipe.ts";
export {
  createSubprocessExec,
  createSubprocessShell,
  type ProcessOptions,
  type ProcessWith,
} from "./process/create-subprocess.ts";
export { Process } from "./process/process.ts";
export {
  DEVNULL,
  type Inherited,
  PIPE,
  type Redirection,
  STDOUT,
  type SubprocessOptions,
} from "./process/subprocess-options.ts";
export { type AsCompleted, asCompleted } from "./structured/as-completed.ts";
export { asyncContextManager, GeneratorContextManager, type ProvidedBy } from "./structured/async-context-manager.ts";
export { AsyncExitStack, type ExitFunction } from "./structured/async-exit-stack.ts";
export { asyncWith } from "./structured/async-with.ts";
export { AwaitableBase } from "./structured/awaitable-base.ts";
export type { BackoffOptions } from "./structured/backoff.ts";
export {
  CancelScope,
  type CancelScopeOptions,
  cancelScope,
  failAfter,
  type MovedOn,
  moveOnAfter,
} from "./structured/cancel-scope.ts";
export { catchGroup, type GroupHandler } from "./structured/catch-group.ts";
export type { AsyncContextManager, Manager } from "./structured/context-manager.ts";
export { type Each, type EachStop, type EachVerdict, each } from "./structured/each.ts";
export { type ErrorClass, ExceptionGroup, type GroupCondition } from "./structured/exception-group.ts";
export { gather, type Many, type ResultOf, type Results, type Settled } from "./structured/gather.ts";
export {
  type AsyncSource,
  type MapConcurrentOptions,
  type MappedResults,
  mapConcurrent,
} from "./structured/map-concurrent.ts";
export { provide } from "./structured/provide.ts";
export { any, type Racer, race } from "./structured/race.ts";
export { RetryError, type RetryOptions, retry } from "./structured/retry.ts";
export { Runner, type RunnerOptions, type RunOptions, run } from "./structured/runner.ts";
export { shield } from "./structured/shield.ts";
export { sleep } from "./structured/sleep.ts";
export { type StaggeredRaceOptions, type StaggeredRaceResult, staggeredRace } from "./structured/staggered-race.ts";
export { type SuperviseOptions, supervise } from "./structured/supervise.ts";
export type { ChildState, RestartType, SupervisedChild } from "./structured/supervised-child.ts";
export type { ChildFailure, SuperviseStrategy, Supervisor } from "./structured/supervisor.ts";
export { TaskGroup, taskGroup } from "./structured/task-group.ts";
export { Timeout, timeout, timeoutAt } from "./structured/timeout.ts";
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type ReturnWhen,
  type WaitOptions,
  wait,
} from "./structured/wait.ts";
export { waitFor } from "./structured/wait-for.ts";
export { Barrier, type BarrierStatistics } from "./sync/barrier.ts";
export { CapacityLimiter, type CapacityLimiterStatistics } from "./sync/capacity-limiter.ts";
export type { ChannelStatistics } from "./sync/channel.ts";
export { Condition, type ConditionStatistics } from "./sync/condition.ts";
export { Event, type EventStatistics } from "./sync/event.ts";
export type { Guard } from "./sync/guard.ts";
export { LifoQueue } from "./sync/lifo-queue.ts";
export { Lock, type LockStatistics } from "./sync/lock.ts";
export {
  type ChannelIterator,
  openMemoryChannel,
  type ReceiveChannel,
  type SendChannel,
} from "./sync/memory-channel.ts";
export { PriorityQueue, type PriorityQueueOptions } from "./sync/priority-queue.ts";
export { Queue, type QueueIterator, type QueueStatistics } from "./sync/queue.ts";
export { RateLimiter, type RateLimiterOptions, type RateLimiterStatistics } from "./sync/rate-limiter.ts";
export { BoundedSemaphore, Semaphore, type SemaphoreStatistics } from "./sync/semaphore.ts";
export type { Awaitable } from "./tasks/awaitable.ts";
export type { Body } from "./tasks/body.ts";
export { Coroutine, type CoroutineState, coroutine } from "./tasks/coroutine.ts";
export type { CoroutineLike } from "./tasks/coroutine-like.ts";
export { createEagerTaskFactory, createTask, eagerTaskFactory } from "./tasks/create-task.ts";
export { allTasks, currentTask } from "./tasks/current.ts";
export { getEventLoop, getRunningLoop, newEventLoop, setEventLoop } from "./tasks/default-loop.ts";
export { type AwaitableLike, ensureFuture, ensureFuture as async } from "./tasks/ensure-future.ts";
export { EventLoop, type TaskFactory } from "./tasks/event-loop.ts";
export { type DoneCallbackOptions, Future, type FutureOptions } from "./tasks/future.ts";
export { isAwaitable, isCoroutine, isCoroutineFunction, isFuture } from "./tasks/kinds.ts";
export type { CoroutineGenerator, CoroutineIterator, Suspension } from "./tasks/suspension.ts";
export { Task, type TaskOptions } from "./tasks/task.ts";
