import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createTask,
  currentTask,
  isCancelled,
  run,
  sleep,
  TimeoutError,
  timeout,
  wait,
  wrapPromise,
} from "../index.ts";

describe("signals and real consumers", () => {
  let server: Server;
  let url: string;
  let asked: () => Promise<void>;

  beforeAll(async () => {
    let arrived: () => void;
    let next = Promise.resolve();
    const renew = (): void => {
      next = new Promise((resolve) => {
        arrived = resolve;
      });
    };
    renew();
    // Takes every request and answers none.
    server = createServer(() => arrived());
    asked = async () => {
      await next;
      renew();
    };
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  it("a cancelled task stops its fetch, with task.signal and with wrapPromise, in both kinds of coroutine", () =>
    run(async () => {
      const tasks = [
        () => createTask(async () => await fetch(url, { signal: currentTask()!.signal })),
        () => createTask(async () => await wrapPromise((signal) => fetch(url, { signal }))),
        () =>
          createTask(function* () {
            return yield* wrapPromise((signal) => fetch(url, { signal }));
          }),
      ];
      for (const start of tasks) {
        const task = start();
        await asked();
        await sleep(0);
        task.cancel("why");
        await wait([task]);
        expect(task.cancelled()).toBe(true);
        const error = await task.catch((caught: unknown) => caught);
        expect(isCancelled(error)).toBe(true);
      }
    }));

  it("a timeout's signal stops it as well", () =>
    run(async () => {
      await expect(timeout("50ms", ({ signal }) => fetch(url, { signal }))).rejects.toBeInstanceOf(TimeoutError);
      await expect(timeout("50ms", () => wrapPromise((signal) => fetch(url, { signal })))).rejects.toBeInstanceOf(
        TimeoutError,
      );
    }));

  it("Node's own functions throw an AbortError whose cause is the CancelledError", () =>
    run(async () => {
      const task = createTask(async () => await delay(3_600_000, undefined, { signal: currentTask()!.signal }));
      await sleep("10ms");
      task.cancel("why");
      await wait([task]);
      expect(task.cancelled()).toBe(true);
      const error = (await task.catch((caught: unknown) => caught)) as Error;
      expect(isCancelled(error)).toBe(true);
    }));
});
