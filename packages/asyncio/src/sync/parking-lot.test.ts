import { describe, expect, it } from "vitest";
import { type Coroutine, createTask, gather, run, sleep, type Task } from "../index.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import { handover } from "../tasks/suspension.ts";
import { runTest } from "../testing/index.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

/** A lot whose visitors write down what happens to them. */
class Hotel extends LoopBound {
  readonly lot: ParkingLot<string> = new ParkingLot<string>();
  readonly log: string[] = [];

  visit(name: string): Coroutine<string> {
    return new Visit(this, name);
  }

  _state(): string {
    return `waiters:${this.lot.length}`;
  }
}

class Visit extends ParkedCoroutine<string, string> {
  private readonly hotel: Hotel;
  private readonly guest: string;

  constructor(hotel: Hotel, guest: string) {
    super();
    this.hotel = hotel;
    this.guest = guest;
  }

  get name(): string {
    return "visit";
  }

  protected override begin(): Step<string> {
    return this.park(this.hotel.lot, new Waiter<string>(this.hotel._bind()));
  }

  protected override woken(value: string): Step<string> {
    this.hotel.log.push(`${this.guest} woken by ${value}`);
    return this.over(value);
  }

  protected override lost(wasWoken: boolean, value: string | undefined): void {
    this.hotel.log.push(`${this.guest} lost ${wasWoken ? value : "nothing"}`);
    if (wasWoken) this.hotel.lot.unpark(value!);
  }
}

const kinds = {
  generator: (hotel: Hotel, name: string): Task<string> =>
    createTask(function* () {
      return yield* hotel.visit(name);
    }),
  native: (hotel: Hotel, name: string): Task<string> => createTask(async () => await hotel.visit(name)),
  bare: (hotel: Hotel, name: string): Task<string> => createTask(hotel.visit(name)),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a parking lot, ${kind}`, () => {
    const guests = async (hotel: Hotel, ...names: string[]): Promise<Task<string>[]> => {
      const tasks = names.map((name) => start(hotel, name));
      await sleep(0);
      return tasks;
    };

    it("wakes in the order of arrival, one at a time, some or all", () =>
      runTest(async () => {
        const hotel = new Hotel();
        const tasks = await guests(hotel, "a", "b", "c", "d", "e", "f");
        expect(hotel.lot.statistics()).toEqual({ waiters: 6 });
        expect(hotel.lot.unpark("one")).toBe(hotel.lot.head);
        expect(hotel.lot.unparkMany(2, "two")).toBe(2);
        expect([hotel.lot.length, hotel.log]).toEqual([6, []]);
        await sleep(0);
        expect(hotel.log).toEqual(["a woken by one", "b woken by two", "c woken by two"]);
        expect(hotel.lot.length).toBe(3);
        expect(hotel.lot.unparkMany(Infinity, "all")).toBe(3);
        expect(await gather(tasks)).toEqual(["one", "two", "two", "all", "all", "all"]);
        expect([hotel.lot.length, hotel.lot.head, hotel.lot.unpark("nobody")]).toEqual([0, null, null]);
      }));

    it("lets the first, the middle and the last leave", () =>
      runTest(async () => {
        const hotel = new Hotel();
        const tasks = await guests(hotel, "a", "b", "c", "d", "e");
        for (const i of [0, 2, 4]) tasks[i]!.cancel();
        expect([hotel.lot.length, hotel.lot.inUse, hotel.lot.peek() === hotel.lot.head]).toEqual([5, true, false]);
        await sleep(0);
        expect(hotel.log).toEqual(["a lost nothing", "c lost nothing", "e lost nothing"]);
        expect(hotel.lot.length).toBe(2);
        hotel.lot.unparkMany(9, "bell");
        expect(await gather([tasks[1]!, tasks[3]!])).toEqual(["bell", "bell"]);
      }));

    it("is not in use when all that are left are cancelled", () =>
      runTest(async () => {
        const hotel = new Hotel();
        const tasks = await guests(hotel, "a", "b");
        for (const task of tasks) task.cancel();
        expect([hotel.lot.length, hotel.lot.inUse, hotel.lot.unpark("x")]).toEqual([2, false, null]);
        const late = start(hotel, "late");
        await sleep(0);
        expect([hotel.lot.length, hotel.lot.inUse]).toEqual([1, true]);
        hotel.lot.unpark("x");
        expect(await late).toBe("x");
        expect(hotel.lot.inUse).toBe(false);
      }));

    it("a wake-up whose task was cancelled before it went on is passed on", () =>
      runTest(async () => {
        const hotel = new Hotel();
        const tasks = await guests(hotel, "a", "b", "c");
        hotel.lot.unpark("gift");
        tasks[0]!.cancel();
        await sleep(0);
        tasks[1]!.cancel();
        expect(await tasks[2]).toBe("gift");
        expect(hotel.log).toEqual(["a lost gift", "b lost gift", "c woken by gift"]);
        expect(tasks.map((task) => task.cancelled())).toEqual([true, true, false]);
        expect(hotel.lot.length).toBe(0);
      }));

    it("a cancellation before the first step leaves no trace", () =>
      runTest(async () => {
        const hotel = new Hotel();
        const task = start(hotel, "a");
        task.cancel();
        await sleep(0);
        expect([task.cancelled(), hotel.lot.length, hotel.log]).toEqual([true, 0, []]);
      }));
  });
}

describe("a parked coroutine", () => {
  it("can be driven by hand; closing it or throwing into it takes it out of the lot", () =>
    runTest(async () => {
      const hotel = new Hotel();
      const visits = ["a", "b", "c", "d"].map((name) => hotel.visit(name));
      for (const visit of visits)
        expect(visit.send(undefined)).toBe(visit.state === "suspended" ? visit.send(null) : 0);
      visits[0]!.close();
      expect(() => visits[1]!.throw(new Error("out"))).toThrow("out");
      hotel.lot.unparkMany(1, "bell");
      expect(hotel.log).toEqual(["a lost nothing", "b lost nothing"]);
      visits[2]!.close(); // Woken, and will not use it.
      expect(hotel.log.at(-1)).toBe("c lost bell");
      expect(() => visits[3]!.send(null)).toThrow(expect.objectContaining({ name: "StopIteration", value: "bell" }));
      expect(visits.map((visit) => visit.state)).toEqual(["closed", "closed", "closed", "closed"]);
      expect(() => visits[3]!.send(null)).toThrow("cannot reuse already awaited coroutine");
      expect(hotel.lot.length).toBe(0);
    }));

  it("by hand is refused while a task waits in it", () =>
    runTest(async () => {
      const hotel = new Hotel();
      const visit = hotel.visit("a");
      const task = createTask(visit);
      await sleep(0);
      expect(visit.state).toBe("suspended");
      for (const act of [() => visit.close(), () => visit.send(null), () => visit.throw(new Error("x"))])
        expect(act).toThrow("coroutine 'visit' belongs to a task: cancel the task");
      expect(() => visit[Symbol.iterator]()).toThrow();
      hotel.lot.unpark("bell");
      expect(await task).toBe("bell");
      expect(visit.state).toBe("closed");
    }));

  it("awaiting twice is an error, iterating by mistake parks nobody", () =>
    runTest(async () => {
      const hotel = new Hotel();
      const visit = hotel.visit("a");
      const task = createTask(async () => await visit);
      await sleep(0);
      await expect(visit.then()).rejects.toThrow("coroutine is being awaited already");
      hotel.lot.unpark("bell");
      expect(await task).toBe("bell");
      await expect(visit.then()).rejects.toThrow("cannot reuse already awaited coroutine");
      const mistakes = createTask(function* () {
        expect(() => [...(hotel.visit("b") as Iterable<unknown>)]).toThrow(TypeError);
        expect(() => {
          for (const _ of hotel.visit("c") as Iterable<unknown>) break;
        }).toThrow(TypeError);
        expect(handover.offered).toBe(null);
        yield* sleep(0);
      });
      await mistakes;
      expect([hotel.lot.length, hotel.log.slice(1)]).toEqual([0, ["b lost nothing", "c lost nothing"]]);
    }));

  it("belongs to the first loop in which somebody waited", async () => {
    const hotel = new Hotel();
    await runTest(async () => {
      const task = createTask(hotel.visit("a"));
      await sleep(0);
      hotel.lot.unpark("bell");
      await task;
    });
    const other = runTest(async () => void (await hotel.visit("b")));
    await expect(other).rejects.toThrow("<Hotel [waiters:0]> is bound to a different event loop");
    expect(hotel.lot.length).toBe(0);
  });

  it("100,000 arrive, every second is cancelled, the rest is woken: linear time", () =>
    run(function* () {
      const hotel = new Hotel();
      const visits: Task<string>[] = [];
      for (let i = 0; i < 100_000; i++) visits.push(createTask(hotel.visit("x")));
      yield* sleep(0);
      expect(hotel.lot.length).toBe(100_000);
      for (let i = 0; i < 100_000; i += 2) visits[i]!.cancel();
      for (let i = 1; i < 100_000; i += 2) hotel.lot.unpark("bell");
      yield* sleep(0);
      expect([hotel.lot.length, visits.filter((each) => each.cancelled()).length]).toEqual([0, 50_000]);
    }));
});
