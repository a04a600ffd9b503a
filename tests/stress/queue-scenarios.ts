// Scenarios of queues and memory channels: whatever is sent is received once, or still there.

import {
  BrokenResourceError,
  ClosedResourceError,
  EndOfChannel,
  each,
  LifoQueue,
  openMemoryChannel,
  PriorityQueue,
  Queue,
  QueueShutDown,
  type SendChannel,
  sleep,
  TimeoutError,
  waitFor,
} from "asyncio-ts";
import { assert } from "./bookkeeping.ts";
import type { Play, Scenario } from "./cancel-everywhere.ts";
import { type Kind, of, type Script, type ScriptGenerator } from "./kinds.ts";

/** Which items went in and came out. */
class Ledger {
  private readonly sent: Set<number> = new Set();
  private readonly received: Set<number> = new Set();
  private next: number = 0;

  /** A new item, which counts as sent when `confirm` is called. */
  item(): number {
    return this.next++;
  }

  confirm(item: number): void {
    this.sent.add(item);
  }

  receive(item: number): void {
    assert(!this.received.has(item), `item ${item} was received twice`);
    this.received.add(item);
  }

  /** `dropped`: how many may be lost because everybody who could take them has gone. */
  expectEven(dropped: number = 0): void {
    const lost = [...this.sent].filter((item) => !this.received.has(item));
    const unsent = [...this.received].filter((item) => !this.sent.has(item));
    assert(lost.length <= dropped, `items ${lost} are lost`);
    assert(
      unsent.length === 0,
      `items ${unsent} were received, though their senders were told that they were not sent`,
    );
  }
}

/** Ends at the shutdown of a queue. */
function* untilShutDown(script: () => ScriptGenerator<void>): ScriptGenerator<void> {
  try {
    for (;;) yield* script();
  } catch (error) {
    if (!(error instanceof QueueShutDown)) throw error;
  }
}

/** Producers and consumers of a queue, one of whom is disturbed; a last consumer takes what is left. */
function trade(queue: Queue<number>, kind: Kind): Play {
  const ledger = new Ledger();
  const produce = (count: number, pause: number): Script<void> =>
    function* () {
      for (let i = 0; i < count; i++) {
        const item = ledger.item();
        yield queue.put(item);
        ledger.confirm(item);
        if (pause >= 0) yield sleep(pause);
      }
    };
  const consume =
    (pause: number): Script<void> =>
    () =>
      untilShutDown(function* () {
        ledger.receive(yield* of(queue.get()));
        queue.taskDone();
        if (pause >= 0) yield sleep(pause);
      });
  return {
    tasks: {
      consumer: consume(-1),
      slowly: consume(1),
      producer: produce(2, -1),
      *joiner() {
        yield sleep(0.5);
        yield queue.join();
      },
    },
    helpers: {
      "slow producer": produce(2, 1),
      *last() {
        yield sleep(20);
        yield each(
          queue,
          kind(function* (item: number) {
            ledger.receive(item);
            queue.taskDone();
          }),
        );
      },
      *end() {
        yield sleep(30);
        queue.shutdown();
      },
    },
    always: () => assert(queue.maxsize <= 0 || queue.qsize() <= queue.maxsize, `${queue.qsize()} items`),
    atEnd() {
      ledger.expectEven();
      const { size, unfinished } = queue.statistics();
      assert(size === 0 && unfinished === 0, `the queue is left ${queue}`);
      expectNobodyWaits(queue);
    },
  };
}

function expectNobodyWaits(queue: Queue<number>): void {
  const { tasksWaitingGet, tasksWaitingPut, tasksWaitingJoin } = queue.statistics();
  assert(tasksWaitingGet + tasksWaitingPut + tasksWaitingJoin === 0, `the queue is left ${queue}`);
}

const queues: Readonly<Record<string, Scenario>> = {
  Queue: (kind) => trade(new Queue(), kind),
  "Queue of one": (kind) => trade(new Queue(1), kind),
  "Queue of two": (kind) => trade(new Queue(2), kind),
  "PriorityQueue of two": (kind) => trade(new PriorityQueue<number>(2), kind),
  "LifoQueue of two": (kind) => trade(new LifoQueue<number>(2), kind),

  "Queue, with deadlines that pass as items come": () => {
    const queue = new Queue<number>(1);
    const ledger = new Ledger();
    const hasty: Script<void> = () =>
      untilShutDown(function* () {
        try {
          ledger.receive(yield* of(waitFor(queue.get(), 1)));
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
        }
      });
    const sender: Script<void> = function* () {
      for (let i = 0; i < 3; i++) {
        yield sleep(1);
        const item = ledger.item();
        try {
          yield waitFor(queue.put(item), 1);
          ledger.confirm(item);
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
        }
      }
    };
    return {
      tasks: { a: hasty, b: hasty, sender },
      helpers: {
        *end() {
          yield sleep(8);
          queue.shutdown();
          while (!queue.empty()) ledger.receive(queue.getNowait());
        },
      },
      atEnd() {
        ledger.expectEven();
        expectNobodyWaits(queue);
      },
    };
  },

  "Queue, shut down at once": () => {
    const queue = new Queue<number>(1);
    let got = 0;
    const getter: Script<void> = () =>
      untilShutDown(function* () {
        yield queue.get();
        got++;
        queue.taskDone();
      });
    const putter: Script<void> = () =>
      untilShutDown(function* () {
        yield queue.put(1);
      });
    return {
      tasks: {
        getter,
        putter,
        another: putter,
        *joiner() {
          yield sleep(0);
          yield queue.join();
        },
      },
      helpers: {
        *end() {
          for (let i = 0; i < 6; i++) yield sleep(0);
          queue.shutdown({ immediate: true });
        },
      },
      always: () => assert(got < 1000, "the queue has no end"),
      atEnd: () => expectNobodyWaits(queue),
    };
  },
};

/** Ends where the channel does. */
function* untilTheEnd(script: () => ScriptGenerator<void>): ScriptGenerator<void> {
  try {
    yield* script();
  } catch (error) {
    const ended =
      error instanceof EndOfChannel || error instanceof ClosedResourceError || error instanceof BrokenResourceError;
    if (!ended) throw error;
  }
}

function expectNobodyIsLeft(end: SendChannel<number>): void {
  const { tasksWaitingSend, tasksWaitingReceive, bufferUsed, openSendChannels, openReceiveChannels } = end.statistics();
  assert(tasksWaitingSend === 0 && tasksWaitingReceive === 0 && bufferUsed === 0, `the channel is left ${end}`);
  assert(openSendChannels === 0 && openReceiveChannels === 0, `ends are left open: ${end}`);
}

/** Senders and receivers of a channel; what the disturbed ones leave goes to the last. */
function exchange(size: number): Play {
  const [sending, receiving] = openMemoryChannel<number>(size);
  const ledger = new Ledger();
  const sender = (pause: number): Script<void> =>
    function* () {
      const mine = sending.clone();
      try {
        for (let i = 0; i < 2; i++) {
          const item = ledger.item();
          yield mine.send(item);
          ledger.confirm(item);
          if (pause >= 0) yield sleep(pause);
        }
      } finally {
        mine.close();
      }
    };
  const receiver = (pause: number): Script<void> =>
    function* () {
      const mine = receiving.clone();
      try {
        yield* untilTheEnd(function* () {
          for (let i = 0; i < 2; i++) {
            ledger.receive(yield* of(mine.receive()));
            if (pause >= 0) yield sleep(pause);
          }
        });
      } finally {
        mine.close();
      }
    };
  return {
    tasks: { sender: sender(-1), receiver: receiver(-1), "slow sender": sender(1), "slow receiver": receiver(1) },
    helpers: {
      *last() {
        yield sleep(20);
        sending.close();
        yield* untilTheEnd(function* () {
          for (;;) ledger.receive(yield* of(receiving.receive()));
        });
        receiving.close();
      },
    },
    // A value that is in a receiver's hands has been sent.
    mayFinish: true,
    atEnd() {
      ledger.expectEven();
      expectNobodyIsLeft(sending);
    },
  };
}

const channels: Readonly<Record<string, Scenario>> = {
  "a channel where sender and receiver meet": () => exchange(0),
  "a channel with a buffer": () => exchange(1),
  "a channel without a limit": () => exchange(Infinity),

  "a channel whose ends are closed": (kind) => {
    const [sending, receiving] = openMemoryChannel<number>(0);
    const ledger = new Ledger();
    return {
      tasks: {
        *sender() {
          try {
            yield* untilTheEnd(function* () {
              for (;;) {
                const item = ledger.item();
                yield sending.send(item);
                ledger.confirm(item);
              }
            });
          } finally {
            sending.close();
          }
        },
        *receiver() {
          try {
            yield* untilTheEnd(function* () {
              yield each(
                receiving,
                kind(function* (item: number) {
                  ledger.receive(item);
                  yield sleep(0);
                  return item === 2 ? each.stop : undefined;
                }),
              );
            });
          } finally {
            receiving.close();
          }
        },
      },
      helpers: {
        *closer() {
          yield sleep(5);
          sending.close();
          receiving.close();
        },
      },
      mayFinish: true,
      atEnd() {
        // What the receiver was just given when it was cancelled is dropped with the last receiving end.
        ledger.expectEven(1);
        expectNobodyIsLeft(sending);
      },
    };
  },
};

export const scenarios: Readonly<Record<string, Scenario>> = { ...queues, ...channels };
