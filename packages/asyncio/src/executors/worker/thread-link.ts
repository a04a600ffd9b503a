import { sharing } from "../../border/sharing.ts";
import { builtin, nodeProcess } from "../../host/globals.ts";
import type { WorkerPort } from "../node-threads.ts";
import {
  BELL_COUNT,
  BELL_SLEEPERS,
  ENDED,
  EXIT_CODE,
  FALSE,
  MESSAGE,
  NULL,
  NUMBER,
  POSTED,
  QUEUED,
  RESTING,
  RUNNING,
  SharedSlots,
  SIGNALLED,
  TRUE,
  UNDEFINED,
  USUAL_MS,
} from "../shared-slots.ts";
import type { ThreadWorkerData } from "../thread-worker.ts";
import { LOOK, type ToWorker } from "../worker-protocol.ts";
import type { Link } from "./job-runner.ts";

/**
 * How long a worker that has nothing to do waits for its next job before it goes back to its event loop, in milliseconds.
 * Waking from this wait costs half of what a message's event does; while it lasts, timers of jobs' leftovers are late.
 */
const REST_MS = 1;

interface ThreadsModule {
  receiveMessageOnPort(port: WorkerPort): { readonly message: ToWorker } | undefined;
}

/** A worker thread's end of the connection. */
export class ThreadLink implements Link {
  readonly border = "thread";
  private readonly port: WorkerPort;
  private readonly slots: SharedSlots;
  private readonly words: Int32Array;
  private readonly bell: Int32Array;
  private readonly threads: ThreadsModule = builtin<ThreadsModule>("worker_threads")!;

  constructor(data: ThreadWorkerData) {
    this.port = data.port;
    this.slots = new SharedSlots(data.slots);
    this.words = this.slots.words;
    this.bell = new Int32Array(data.bell);
    nodeProcess!.on("exit", (code: number) => {
      Atomics.store(this.words, EXIT_CODE, code ?? 0);
      Atomics.store(this.words, ENDED, 1);
      this.ring();
    });
  }

  begin(job: number): boolean {
    return this.slots.advance(job, QUEUED, RUNNING);
  }

  isInterrupted(job: number): boolean {
    return this.slots.isInterrupted(job);
  }

  succeed(job: number, value: unknown, transferred: readonly object[]): void {
    let state = 0;
    if (value === undefined) state = UNDEFINED;
    else if (value === null) state = NULL;
    else if (value === true) state = TRUE;
    else if (value === false) state = FALSE;
    else if (typeof value === "number") {
      this.slots.numbers[job & 255] = value;
      state = NUMBER;
    }
    if (state === 0) {
      const wire = sharing()?.toWire(value) ?? value;
      this.port.postMessage(wire === value ? [job, value] : [job, wire, undefined, true], transferred);
      this.slots.setState(job, MESSAGE);
    } else {
      this.slots.setState(job, state);
      if (Atomics.exchange(this.words, SIGNALLED, 1) === 0) this.port.postMessage(LOOK);
    }
    this.ring();
  }

  fail(job: number, thrown: unknown): void {
    this.port.postMessage([job, null, thrown]);
    this.slots.setState(job, MESSAGE);
    this.ring();
  }

  note(milliseconds: number): void {
    const { numbers } = this.slots;
    const before = numbers[USUAL_MS]!;
    numbers[USUAL_MS] = before === 0 ? milliseconds : before + (milliseconds - before) / 8;
  }

  rest(): ToWorker | undefined {
    const posted = Atomics.load(this.words, POSTED);
    const received = this.threads.receiveMessageOnPort(this.port);
    if (received !== undefined) return received.message;
    Atomics.store(this.words, RESTING, 1);
    Atomics.wait(this.words, POSTED, posted, REST_MS);
    Atomics.store(this.words, RESTING, 0);
    return this.threads.receiveMessageOnPort(this.port)?.message;
  }

  post(message: object): void {
    this.port.postMessage(message);
    this.ring();
  }

  private ring(): void {
    if (Atomics.load(this.bell, BELL_SLEEPERS) === 0) return;
    Atomics.add(this.bell, BELL_COUNT, 1);
    Atomics.notify(this.bell, BELL_COUNT);
  }
}
