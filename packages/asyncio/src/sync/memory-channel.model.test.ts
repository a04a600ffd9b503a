import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BrokenResourceError,
  ClosedResourceError,
  createTask,
  EndOfChannel,
  isCancelled,
  openMemoryChannel,
  type ReceiveChannel,
  type SendChannel,
  sleep,
  type Task,
  WouldBlock,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** trio's memory channel as a table, with asyncio's cancellation. */
class Model {
  readonly buffer: number[] = [];
  readonly log: string[] = [];
  readonly ends = { send: [true], receive: [true] };
  private senders: Actor[] = [];
  private receivers: Actor[] = [];
  private due: Actor[] = [];
  private readonly max: number;

  constructor(max: number) {
    this.max = max;
  }

  open(kind: Kind): number {
    return this.ends[kind].filter((open) => open).length;
  }

  spawn(actor: Actor): void {
    this.due.push(actor);
  }

  cancel(actor: Actor): void {
    if (actor.state === "parked") {
      actor.state = "cancelled";
      this.due.push(actor);
    } else if (actor.state !== "done") {
      actor.mustCancel = true;
    }
  }

  tick(): void {
    for (const actor of this.due.splice(0)) this.step(actor);
  }

  send(end: number, value: number): string {
    if (!this.ends.send[end]) return "ClosedResourceError";
    if (this.open("receive") === 0) return "BrokenResourceError";
    const receiver = this.wake(this.receivers, value);
    if (receiver === null && this.buffer.length >= this.max) return "WouldBlock";
    if (receiver === null) this.buffer.push(value);
    return "sent";
  }

  receive(end: number): string | number {
    if (!this.ends.receive[end]) return "ClosedResourceError";
    if (this.buffer.length > this.max) return this.buffer.shift()!;
    const sender = this.wake(this.senders, "sent");
    if (sender !== null) this.buffer.push(sender.value);
    return this.buffer.shift() ?? (this.open("send") === 0 ? "EndOfChannel" : "WouldBlock");
  }

  close(kind: Kind, end: number): void {
    if (!this.ends[kind][end]) return;
    this.ends[kind][end] = false;
    const lot = kind === "send" ? this.senders : this.receivers;
    for (const actor of lot.filter((each) => each.end === end && each.state === "parked")) {
      this.wakeThis(lot, actor, "ClosedResourceError");
    }
    if (this.open(kind) > 0) return;
    if (kind === "send") while (this.wake(this.receivers, "EndOfChannel") !== null);
    else {
      while (this.wake(this.senders, "BrokenResourceError") !== null);
      this.buffer.length = 0;
    }
  }

  private step(actor: Actor): void {
    const { state, mustCancel, wake } = actor;
    const lot = actor.kind === "send" ? this.senders : this.receivers;
    actor.state = "running";
    if (state === "new" && mustCancel) return this.end(actor, null);
    if (state === "new") {
      const outcome = actor.kind === "send" ? this.send(actor.end, actor.value) : this.receive(actor.end);
      if (outcome !== "WouldBlock") return this.end(actor, outcome);
      actor.state = "parked";
      lot.push(actor);
      return;
    }
    const at = lot.indexOf(actor);
    if (at >= 0) lot.splice(at, 1);
    if (state === "cancelled") return this.end(actor, "cancelled");
    if (!mustCancel || wake === "sent") return this.end(actor, wake!);
    if (typeof wake === "number" && this.open("receive") > 0 && this.wake(this.receivers, wake) === null) {
      this.buffer.unshift(wake);
    }
    this.end(actor, "cancelled");
  }

  private end(actor: Actor, outcome: string | number | null): void {
    actor.state = "done";
    if (outcome !== null) this.log.push(`${actor.kind} ${actor.value}: ${outcome}`);
  }

  private wake(lot: Actor[], outcome: string | number): Actor | null {
    const actor = lot.find((each) => each.state === "parked");
    if (actor !== undefined) this.wakeThis(lot, actor, outcome);
    return actor ?? null;
  }

  private wakeThis(lot: Actor[], actor: Actor, outcome: string | number): void {
    lot.splice(lot.indexOf(actor), 1);
    actor.state = "woken";
    actor.wake = outcome;
    this.due.push(actor);
  }
}

type Kind = "send" | "receive";

interface Actor {
  readonly kind: Kind;
  readonly end: number;
  /** What it sends; its name in the log. */
  readonly value: number;
  state: "new" | "parked" | "woken" | "cancelled" | "running" | "done";
  mustCancel: boolean;
  wake: string | number | null;
}

const operation = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant("send" as const), fc.nat(5)) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("receive" as const), fc.nat(5)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("cancel" as const), fc.nat(30)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("cancelWoken" as const), fc.nat(3)) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("tick" as const), fc.constant(0)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("sendNowait" as const), fc.nat(5)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("receiveNowait" as const), fc.nat(5)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("cloneSend" as const, "cloneReceive" as const), fc.nat(5)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("closeSend" as const, "closeReceive" as const), fc.nat(5)) },
);
const program = fc.record({
  max: fc.constantFrom(0, 0, 1, 2, Infinity),
  native: fc.boolean(),
  operations: fc.array(operation, { maxLength: 60, size: "max" }),
});

describe("a memory channel and its model", () => {
  it("cannot be told apart, and no value is lost or doubled", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(program, ({ max, native, operations }) =>
        runTest(async () => {
          const model = new Model(max);
          const [firstSend, firstReceive] = openMemoryChannel<number>(max);
          const senders = [firstSend];
          const receivers = [firstReceive];
          const log: string[] = [];
          const received: number[] = [];
          const sent: number[] = [];
          const actors: Actor[] = [];
          const tasks: Task<void>[] = [];
          let dropped = false;

          const spawn = (kind: Kind, index: number): void => {
            const ends = kind === "send" ? senders : receivers;
            const end = index % ends.length;
            const value = actors.length;
            const actor: Actor = { kind, end, value, state: "new", mustCancel: false, wake: null };
            actors.push(actor);
            model.spawn(actor);
            const body = native ? nativeActor : generatorActor;
            tasks.push(createTask(() => body(ends[end]!, value, log)));
          };
          const act = async (what: (typeof operation extends fc.Arbitrary<infer O> ? O : never)[0], index: number) => {
            const sender = index % senders.length;
            const receiver = index % receivers.length;
            if (what === "send" || what === "receive") spawn(what, index);
            else if (what === "cancel" || what === "cancelWoken") {
              const wanted = actors.filter(({ state }) => (what === "cancel" ? state !== "done" : state === "woken"));
              const actor = wanted[index % wanted.length];
              if (actor === undefined) return;
              model.cancel(actor);
              tasks[actors.indexOf(actor)]!.cancel();
            } else if (what === "tick") {
              model.tick();
              await sleep(0);
            } else if (what === "sendNowait") {
              const value = 1000 + sent.length;
              const outcome = attempt(() => {
                senders[sender]!.sendNowait(value);
                sent.push(value);
                return "sent";
              });
              expect(outcome).toBe(model.send(sender, value));
            } else if (what === "receiveNowait") {
              const outcome = attempt(() => receivers[receiver]!.receiveNowait());
              if (typeof outcome === "number") received.push(outcome);
              expect(outcome).toBe(model.receive(receiver));
            } else if (what === "cloneSend" && model.ends.send[sender]) {
              senders.push(senders[sender]!.clone());
              model.ends.send.push(true);
            } else if (what === "cloneReceive" && model.ends.receive[receiver]) {
              receivers.push(receivers[receiver]!.clone());
              model.ends.receive.push(true);
            } else if (what === "closeSend") {
              senders[sender]!.close();
              model.close("send", sender);
            } else if (what === "closeReceive") {
              receivers[receiver]!.close();
              model.close("receive", receiver);
              dropped ||= model.open("receive") === 0;
            }
            expect(firstSend.statistics()).toMatchObject({
              bufferUsed: model.buffer.length,
              openSendChannels: model.open("send"),
              openReceiveChannels: model.open("receive"),
            });
            expect(log).toEqual(model.log);
          };

          for (const [what, index] of operations) await act(what, index);
          for (const task of tasks) task.cancel();
          for (const actor of actors) model.cancel(actor);
          for (let i = 0; i < 4; i++) await act("tick", 0);
          expect(tasks.every((task) => task.done())).toBe(true);
          expect(firstSend.statistics()).toMatchObject({ tasksWaitingSend: 0, tasksWaitingReceive: 0 });

          for (const line of log) {
            const [, kind, value, outcome] = /^(\w+) (\d+): (\w+)$/.exec(line)!;
            if (kind === "send" && outcome === "sent") sent.push(Number(value));
            if (kind === "receive" && /^\d+$/.test(outcome!)) received.push(Number(outcome));
          }
          received.push(...model.buffer);
          expect(new Set(received).size).toBe(received.length);
          expect(received.every((value) => sent.includes(value))).toBe(true);
          if (!dropped) expect(received.length).toBe(sent.length);
        }),
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});

type End = SendChannel<number> | ReceiveChannel<number>;

function* generatorActor(end: End, value: number, log: string[]) {
  try {
    if ("send" in end) {
      yield* end.send(value);
      log.push(`send ${value}: sent`);
    } else {
      log.push(`receive ${value}: ${yield* end.receive()}`);
    }
  } catch (error) {
    log.push(`${"send" in end ? "send" : "receive"} ${value}: ${nameOf(error)}`);
  }
}

async function nativeActor(end: End, value: number, log: string[]): Promise<void> {
  try {
    if ("send" in end) {
      await end.send(value);
      log.push(`send ${value}: sent`);
    } else {
      log.push(`receive ${value}: ${await end.receive()}`);
    }
  } catch (error) {
    log.push(`${"send" in end ? "send" : "receive"} ${value}: ${nameOf(error)}`);
  }
}

function attempt<T>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    return nameOf(error);
  }
}

function nameOf(error: unknown): string {
  if (isCancelled(error)) return "cancelled";
  const known = [ClosedResourceError, BrokenResourceError, EndOfChannel, WouldBlock].find(
    (kind) => error instanceof kind,
  );
  if (known === undefined) throw error;
  return known.name;
}
