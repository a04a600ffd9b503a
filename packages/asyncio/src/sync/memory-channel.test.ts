import { describe, expect, it } from "vitest";
import {
  BrokenResourceError,
  ClosedResourceError,
  type Coroutine,
  createTask,
  EndOfChannel,
  gather,
  getRunningLoop,
  openMemoryChannel,
  sleep,
  type Task,
  timeout,
  WouldBlock,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  generator: <T>(coroutine: () => Coroutine<T>): Task<T> =>
    createTask(function* () {
      return yield* coroutine();
    }),
  native: <T>(coroutine: () => Coroutine<T>): Task<T> => createTask(async () => await coroutine()),
};

const outcome = (task: Task<unknown>): unknown => {
  if (!task.done()) return "pending";
  if (task.cancelled()) return "cancelled";
  const error = task.exception();
  return error === null ? task.result() : (error as Error).name;
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a memory channel, ${kind}`, () => {
    it("is a rendezvous by default: send() ends when the value is received", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<string>();
        const sender = start(() => send.send("a"));
        await sleep(0);
        expect([sender.done(), send.statistics().tasksWaitingSend]).toEqual([false, 1]);
        expect(await receive.receive()).toBe("a");
        await sender;
        const receiver = start(() => receive.receive());
        await sleep(0);
        send.sendNowait("b"); // Somebody waits for it.
        expect(() => send.sendNowait("c")).toThrow(WouldBlock);
        expect(await receiver).toBe("b");
        expect(() => receive.receiveNowait()).toThrow(WouldBlock);
      }));

    it("buffers as much as it may, in order, those who wait behind those in the buffer", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>(2);
        const tasks = [1, 2, 3, 4].map((value) => start(() => send.send(value)));
        await sleep(0);
        expect(tasks.map(outcome)).toEqual([undefined, undefined, "pending", "pending"]);
        expect(send.statistics()).toEqual({
          bufferUsed: 2,
          maxBufferSize: 2,
          openSendChannels: 1,
          openReceiveChannels: 1,
          tasksWaitingSend: 2,
          tasksWaitingReceive: 0,
        });
        expect([receive.receiveNowait(), receive.receiveNowait()]).toEqual([1, 2]);
        expect(receive.statistics()).toMatchObject({ bufferUsed: 2, tasksWaitingSend: 0 });
        expect([await start(() => receive.receive()), receive.receiveNowait()]).toEqual([3, 4]);
        await gather(tasks);
      }));

    it("never makes a sender wait when its size is Infinity", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>(Infinity);
        const task = start(() => send.send(0));
        await sleep(0);
        expect(task.done()).toBe(true);
        for (let i = 1; i < 5000; i++) send.sendNowait(i);
        for (let i = 0; i < 5000; i++) if (receive.receiveNowait() !== i) expect.unreachable();
      }));

    it("ends for its receivers when all senders have closed and everything is received", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>(1);
        const other = send.clone();
        send.sendNowait(1);
        send.close();
        send.close();
        expect(await start(() => receive.receive())).toBe(1);
        const waiting = [start(() => receive.receive()), start(() => receive.receive())];
        await sleep(0);
        expect(waiting.map(outcome)).toEqual(["pending", "pending"]);
        other.close();
        await sleep(0);
        expect(waiting.map(outcome)).toEqual(["EndOfChannel", "EndOfChannel"]);
        await expect(start(() => receive.receive())).rejects.toBeInstanceOf(EndOfChannel);
        expect(() => receive.receiveNowait()).toThrow(EndOfChannel);
      }));

    it("breaks for its senders when all receivers have closed", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>();
        const other = receive.clone();
        const waiting = [start(() => send.send(1)), start(() => send.send(2))];
        await sleep(0);
        receive.close();
        await sleep(0);
        expect(waiting.map(outcome)).toEqual(["pending", "pending"]);
        other.close();
        await sleep(0);
        expect(waiting.map(outcome)).toEqual(["BrokenResourceError", "BrokenResourceError"]);
        await expect(start(() => send.send(3))).rejects.toBeInstanceOf(BrokenResourceError);
        expect(() => send.sendNowait(3)).toThrow(BrokenResourceError);
      }));

    it("a closed end is of no use, also to those who wait at it; its clones are", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<string>();
        const [send2, receive2] = [send.clone(), receive.clone()];
        const receivers = [start(() => receive.receive()), start(() => receive2.receive())];
        await sleep(0);
        receive.close();
        await sleep(0);
        expect(receivers.map(outcome)).toEqual(["ClosedResourceError", "pending"]);
        await start(() => send.send("x"));
        expect(await receivers[1]).toBe("x");
        const senders = [start(() => send.send("y")), start(() => send2.send("z"))];
        await sleep(0);
        send.close();
        await sleep(0);
        expect(senders.map(outcome)).toEqual(["ClosedResourceError", "pending"]);
        expect(receive2.receiveNowait()).toBe("z");
        for (const use of [() => send.send("w"), () => receive.receive()]) {
          await expect(start(use as () => Coroutine<unknown>)).rejects.toBeInstanceOf(ClosedResourceError);
        }
        for (const use of [
          () => send.sendNowait("w"),
          () => receive.receiveNowait(),
          () => send.clone(),
          () => receive.clone(),
        ]) {
          expect(use).toThrow(ClosedResourceError);
        }
      }));

    it("a cancelled send() has sent nothing, a cancelled receive() has taken nothing", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>();
        const senders = [1, 2, 3].map((value) => start(() => send.send(value)));
        await sleep(0);
        senders[1]!.cancel();
        expect([receive.receiveNowait(), receive.receiveNowait()]).toEqual([1, 3]);
        await sleep(0);
        expect(senders.map(outcome)).toEqual([undefined, "cancelled", undefined]);
        const receivers = [1, 2].map(() => start(() => receive.receive()));
        await sleep(0);
        receivers[0]!.cancel();
        send.sendNowait(4);
        expect(await receivers[1]).toBe(4);
        expect(outcome(receivers[0]!)).toBe("cancelled");
        expect(send.statistics()).toMatchObject({ tasksWaitingSend: 0, tasksWaitingReceive: 0 });
      }));

    it("a receiver cancelled after the value was handed to it hands it on", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>();
        const receivers = [1, 2].map(() => start(() => receive.receive()));
        await sleep(0);
        send.sendNowait(1);
        receivers[0]!.cancel();
        expect(await receivers[1]).toBe(1);
        // With nobody else to take it, it is the next one again, before those that wait.
        const alone = start(() => receive.receive());
        await sleep(0);
        send.sendNowait(2);
        alone.cancel();
        const sender = start(() => send.send(3));
        await sleep(0);
        expect([outcome(alone), sender.done(), send.statistics().bufferUsed]).toEqual(["cancelled", false, 1]);
        expect(() => send.sendNowait(4)).toThrow(WouldBlock);
        expect([receive.receiveNowait(), sender.done(), receive.receiveNowait()]).toEqual([2, false, 3]);
        await sender;
        expect(() => receive.receiveNowait()).toThrow(WouldBlock);
      }));

    it("a value that came back after the last sender closed is still received", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>();
        const receiver = start(() => receive.receive());
        await sleep(0);
        send.sendNowait(1);
        send.close();
        receiver.cancel();
        await sleep(0);
        expect(await receive.receive()).toBe(1);
        await expect(receive.receive().then()).rejects.toBeInstanceOf(EndOfChannel);
      }));

    it("a timeout in the moment of the hand-over loses nothing", () =>
      runTest(async () => {
        const [send, receive] = openMemoryChannel<number>();
        getRunningLoop().callLater(1, () => send.sendNowait(1));
        const task = start(() => timeout(1, () => receive.receive()));
        await expect(task).rejects.toThrow();
        expect(receive.receiveNowait()).toBe(1);
      }));
  });
}

describe("a send() that is cancelled after its value was received", () => {
  it("has succeeded; the cancellation comes at the next wait, generator", () =>
    runTest(async () => {
      const [send, receive] = openMemoryChannel<number>();
      const log: string[] = [];
      const task = createTask(function* () {
        yield* send.send(1);
        log.push("sent");
        try {
          yield* sleep(1);
        } finally {
          log.push("cancelled");
        }
      });
      await sleep(0);
      expect(receive.receiveNowait()).toBe(1);
      task.cancel("stop");
      await expect(task).rejects.toThrow("stop");
      expect([log, task.cancelling()]).toEqual([["sent", "cancelled"], 1]);
    }));

  it("the same, native", () =>
    runTest(async () => {
      const [send, receive] = openMemoryChannel<number>();
      const log: string[] = [];
      const task = createTask(async () => {
        await send.send(1);
        log.push("sent");
        try {
          await sleep(1);
        } finally {
          log.push("cancelled");
        }
      });
      await sleep(0);
      expect(receive.receiveNowait()).toBe(1);
      task.cancel("stop");
      await expect(task).rejects.toThrow("stop");
      expect([log, task.cancelling()]).toEqual([["sent", "cancelled"], 1]);
    }));

  it("under a timeout that passes in that moment: no error, no cancellation is left", () =>
    runTest(async () => {
      const [send, receive] = openMemoryChannel<number>();
      getRunningLoop().callLater(1, () => void receive.receiveNowait());
      const task = createTask(async () => {
        await timeout(1, () => send.send(1));
        await sleep(5);
        return getRunningLoop().time();
      });
      expect([await task, task.cancelling()]).toEqual([6, 0]);
    }));

  it("a closed or broken channel is no success: the cancellation comes at once", () =>
    runTest(async () => {
      const [send] = openMemoryChannel<number>();
      const task = createTask(send.send(1));
      await sleep(0);
      send.close();
      task.cancel();
      await sleep(0);
      expect(task.cancelled()).toBe(true);
    }));
});

describe("a memory channel", () => {
  it("for await takes values until all senders have closed", () =>
    runTest(async () => {
      const [send, receive] = openMemoryChannel<number>();
      const consumers = [0, 1].map((i) =>
        createTask(async () => {
          const own = i === 0 ? receive : receive.clone();
          const seen: number[] = [];
          for await (const value of own) seen.push(value);
          return seen;
        }),
      );
      const producers = [0, 1].map((i) => {
        const own = i === 0 ? send : send.clone();
        return createTask(function* () {
          for (let k = 0; k < 10; k++) yield* own.send(10 * i + k);
          own.close();
        });
      });
      await gather(producers);
      const seen = (await gather(consumers)).flat();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    }));

  it("for await at an end that is closed meanwhile is an error", () =>
    runTest(async () => {
      const [, receive] = openMemoryChannel<number>();
      const task = createTask(async () => {
        for await (const _ of receive);
      });
      await sleep(0);
      receive.close();
      await expect(task).rejects.toBeInstanceOf(ClosedResourceError);
    }));

  it("closing is Symbol.dispose", () => {
    const [send, receive] = openMemoryChannel<number>(1);
    send[Symbol.dispose]();
    expect(() => send.sendNowait(1)).toThrow(ClosedResourceError);
    expect(() => receive.receiveNowait()).toThrow(EndOfChannel);
    receive[Symbol.dispose]();
    expect(receive.statistics()).toMatchObject({ openSendChannels: 0, openReceiveChannels: 0 });
  });

  it("what is in the buffer goes with the last receiver", () => {
    const [send, receive] = openMemoryChannel<number>(3);
    send.sendNowait(1);
    receive.close();
    expect(send.statistics().bufferUsed).toBe(0);
  });

  it("refuses sizes that make no sense", () => {
    for (const size of [-1, Number.NaN]) expect(() => openMemoryChannel(size)).toThrow(RangeError);
    expect(() => openMemoryChannel(1.5)).toThrow(TypeError);
    expect(() => openMemoryChannel("1" as never)).toThrow(TypeError);
  });

  it("says what it is", () => {
    const [send, receive] = openMemoryChannel<number>(3);
    send.sendNowait(1);
    const clone = send.clone();
    send.close();
    expect(String(send)).toBe("<SendChannel closed of <MemoryChannel 1 of 3 used, 1 to 1 ends open>>");
    expect(String(receive)).toBe("<ReceiveChannel of <MemoryChannel 1 of 3 used, 1 to 1 ends open>>");
    clone.close();
  });

  it("belongs to the loop in which somebody had to wait", async () => {
    const [send, receive] = openMemoryChannel<number>();
    await runTest(async () => {
      const task = createTask(send.send(1));
      await sleep(0);
      await receive.receive();
      await task;
    });
    await runTest(async () => {
      await expect(receive.receive().then()).rejects.toThrow("is bound to a different event loop");
    });
  });

  it("2000 tasks that wait at ends of their own, closed one by one", () =>
    runTest(function* () {
      const [send, receive] = openMemoryChannel<number>();
      const ends = Array.from({ length: 2000 }, () => receive.clone());
      const tasks = ends.map((end) => createTask(end.receive()));
      yield* sleep(0);
      for (const end of [...ends].reverse()) end.close();
      yield* sleep(0);
      expect(new Set(tasks.map(outcome))).toEqual(new Set(["ClosedResourceError"]));
      expect(send.statistics()).toMatchObject({ openReceiveChannels: 1, tasksWaitingReceive: 0 });
    }));
});
