// A producer and two consumers that hand items over through futures alone: what a queue is made of.
import * as asyncio from "asyncio-ts";

class Mailbox<T> {
  #items: T[] = [];
  #waiters: asyncio.Future<void>[] = [];

  put(item: T): void {
    this.#items.push(item);
    this.#wakeNext();
  }

  get = asyncio.coroutine(async (): Promise<T> => {
    while (this.#items.length === 0) {
      const waiter = asyncio.getRunningLoop().createFuture<void>();
      this.#waiters.push(waiter);
      try {
        await waiter;
      } catch (error) {
        // Cancelled after it was woken: the item this wake-up stood for belongs to the next one in line.
        if (!waiter.cancelled() && this.#items.length > 0) this.#wakeNext();
        throw error;
      }
    }
    return this.#items.shift() as T;
  });

  #wakeNext(): void {
    for (let waiter = this.#waiters.shift(); waiter !== undefined; waiter = this.#waiters.shift()) {
      if (!waiter.done()) {
        waiter.setResult();
        return;
      }
    }
  }
}

const mailbox = new Mailbox<string>();

const producer = asyncio.coroutine(async () => {
  for (const item of ["bread", "milk", "eggs", "tea"]) {
    await asyncio.sleep(0.3);
    console.log(`produced ${item}`);
    mailbox.put(item);
  }
});

const consumer = asyncio.coroutine(function* (name: string) {
  try {
    while (true) {
      const item = yield* mailbox.get();
      console.log(`  ${name} got ${item}`);
      yield* asyncio.sleep(0.5);
    }
  } finally {
    console.log(`  ${name} goes home`);
  }
});

await asyncio.run(
  asyncio.taskGroup(async (group) => {
    const consumers = [group.createTask(consumer("Ada")), group.createTask(consumer("Ben"))];
    await producer();
    await asyncio.sleep(1);
    for (const task of consumers) task.cancel();
  }),
);
console.log("closed");
