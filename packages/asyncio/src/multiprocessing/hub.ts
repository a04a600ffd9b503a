import { decodeError } from "../border/decode-error.ts";
import { encodeError } from "../border/encode-error.ts";
import { globals } from "../host/globals.ts";
import { ProcessDiedError } from "./errors.ts";
import type { HomeObject } from "./home-object.ts";
import type { Message, Packed, Ref } from "./messages.ts";
import { type Peer, thisProcess } from "./peer.ts";
import { Request } from "./request.ts";
import { pack, unpack } from "./shared-object.ts";

/** The answer to a call. What is an item belongs to nobody until it is taken or returned. */
export interface Answer {
  readonly failed: boolean;
  /** Whether it belongs to whoever takes it. */
  readonly item: boolean;
  /** The value, or the error. */
  readonly value: unknown;
  /** Says whether somebody has the value now. */
  taken(kept: boolean): void;
}

export interface Call {
  /** Nobody waits for the answer any more. */
  cancel(): void;
}

interface Outgoing {
  readonly node: string;
  readonly answer: (answer: Answer) => void;
}

/** What gathers messages for a moment, to send them as one. */
export interface Gathering {
  _flush(): void;
}

/** A request of another process that is not over yet. */
interface Incoming {
  readonly request: Request;
  /** Once answered with an item: how to get it back. */
  giveBack: (() => void) | null;
}

const nothing = (): void => {};

/**
 * This process among those that share objects. Processes form a tree; channels run along its edges only, and each process
 * passes on what is for others: down to the child in whose branch the receiver is, otherwise up. Order is kept between
 * any two.
 *
 * An object stays in the process that has made it (its home); elsewhere something stands for it that calls it. When a
 * process ends, everybody hears of it: calls that wait for it fail, its own requests are withdrawn, and items that were
 * on their way to it and that it has not taken return to their object.
 */
export class Hub {
  /** This process. */
  node: string = `${thisProcess?.pid ?? 0}-${Math.random().toString(36).slice(2, 10)}`;
  private parent: Peer | null = null;
  private readonly routes: Map<string, Peer> = new Map();
  private readonly objects: Map<number, HomeObject> = new Map();
  private lastId: number = 0;
  private lastSeq: number = 0;
  private readonly outgoing: Map<number, Outgoing> = new Map();
  private readonly incoming: Map<string, Incoming> = new Map();
  private readonly gone: Map<string, string> = new Map();
  private readonly gathering: Set<Gathering> = new Set();
  private onIdle: (() => void) | null = null;

  // ---- keeping this process alive

  private waits: number = 0;
  private readonly daemons: Set<{ ref(): void; unref(): void }> = new Set();

  /** A child that does not keep this process alive; only tasks that wait do. */
  addDaemon(channel: { ref(): void; unref(): void }): void {
    this.daemons.add(channel);
    if (this.waits === 0) channel.unref();
  }

  removeDaemon(channel: { ref(): void; unref(): void }): void {
    this.daemons.delete(channel);
  }

  waitBegins(): void {
    if (++this.waits === 1) for (const each of this.daemons) each.ref();
  }

  waitEnds(): void {
    if (--this.waits === 0) for (const each of this.daemons) each.unref();
  }

  // ---- processes

  /** A child's channel; its process has this name among the others. */
  addChild(node: string, peer: Peer): void {
    this.routes.set(node, peer);
    this.up({ kind: "hello", node });
  }

  setParent(peer: Peer, node: string): void {
    this.node = node;
    this.parent = peer;
  }

  /** The channel to the parent has ended: there is nobody left but this process and its descendants. */
  parentGone(): void {
    this.parent = null;
    for (const [seq, { node }] of this.outgoing) {
      if (!this.routes.has(node)) this.settle(seq, failure(new ProcessDiedError("the parent process has ended")));
    }
  }

  /** A child has ended, and its descendants cannot be reached any more. */
  childGone(peer: Peer, node: string, how: string): void {
    for (const [each, route] of this.routes) {
      if (route === peer && each !== node) this.nodeGone(each, `the process above it has ended: ${how}`, null);
    }
    this.nodeGone(node, how, null);
  }

  private nodeGone(node: string, how: string, from: Peer | null): void {
    if (this.gone.has(node)) return;
    this.gone.set(node, how);
    this.routes.delete(node);
    const message: Message = { kind: "gone", node, how };
    if (this.parent !== from) this.up(message);
    for (const peer of new Set(this.routes.values())) if (peer !== from) peer.send(message);
    for (const [seq, call] of this.outgoing) {
      if (call.node === node) this.settle(seq, failure(new ProcessDiedError(how)));
    }
    // The last item first, so that the first of them is the first again.
    for (const [key, { request, giveBack }] of [...this.incoming].reverse()) {
      if (request.node !== node) continue;
      this.incoming.delete(key);
      if (giveBack === null) request.cancel();
      else giveBack();
    }
    for (const object of this.objects.values()) {
      if (object.holders.delete(node)) object.holderGone(node, how, !how.endsWith(PROPERLY));
    }
  }

  private up(message: Message): void {
    this.parent?.send(message);
  }

  // ---- objects

  /** Makes an object known to other processes; gives its number. */
  keep(object: HomeObject): number {
    this.objects.set(++this.lastId, object);
    return this.lastId;
  }

  object(id: number): HomeObject | undefined {
    return this.objects.get(id);
  }

  forget(id: number): void {
    this.objects.delete(id);
  }

  // ---- calls

  /** Asks an object; `answer` is called once, perhaps at once. Throws when `args` cannot be sent. */
  call(ref: Ref, method: string, args: Packed, answer: (answer: Answer) => void): Call {
    if (ref.node === this.node) return this.callHere(ref, method, args, answer);
    const end = this.endOf(ref.node);
    if (end !== null) {
      answer(failure(end));
      return { cancel: nothing };
    }
    const seq = ++this.lastSeq;
    const { node, id } = ref;
    this.outgoing.set(seq, { node, answer });
    try {
      this.post({ kind: "call", to: node, from: this.node, seq, id, method, args });
    } catch (error) {
      this.outgoing.delete(seq);
      throw error;
    }
    return { cancel: () => this.cancel(seq, node) };
  }

  private callHere(ref: Ref, method: string, args: Packed, answer: (answer: Answer) => void): Call {
    const request = new Request(
      this.node,
      (value, giveBack) =>
        answer({ failed: false, item: giveBack !== null, value, taken: (kept) => kept || giveBack?.(value) }),
      (error) => answer(failure(error)),
    );
    // As if it had been sent: what happens to a value afterwards is the sender's own affair.
    this.perform(ref.id, method, args.shared ? args : { value: structuredClone(args.value), shared: false }, request);
    return { cancel: () => request.cancel() };
  }

  /** Says that an object is on its way to a process, or within one. */
  passed(ref: Ref, to: string): void {
    if (ref.node !== this.node) return this.note(ref, HOLD, { value: [to, ref.details], shared: false });
    const object = this.objects.get(ref.id);
    if (object !== undefined) this.hold(object, to, ref.details);
  }

  private hold(object: HomeObject, node: string, details: unknown): void {
    object.held(node, details);
    if (node === this.node) return;
    const how = this.gone.get(node);
    if (how === undefined) object.holders.add(node);
    else object.holderGone(node, how, !how.endsWith(PROPERLY));
  }

  /** Tells an object something. */
  note(ref: Ref, method: string, args: Packed): void {
    if (ref.node === this.node) this.objects.get(ref.id)?.note(method, unpack(args) as unknown[], this.node);
    else if (this.endOf(ref.node) === null) {
      this.post({ kind: "note", to: ref.node, from: this.node, id: ref.id, method, args });
    }
  }

  /** It is asked for what it has gathered soon, and before anything else is sent: others see things in their order. */
  gathers(gathering: Gathering): void {
    if (this.gathering.size === 0) globals.setImmediate!(() => this.flush());
    this.gathering.add(gathering);
  }

  private flush(): void {
    for (const each of this.gathering) {
      this.gathering.delete(each);
      each._flush();
    }
  }

  /** Resolves when no call of this process is under way. */
  idle(): Promise<void> {
    this.flush();
    return new Promise((resolve) => {
      this.onIdle = resolve;
      this.checkIdle();
    });
  }

  /** The error for what is said to a process that has ended; null for one that has not. */
  endOf(node: string): ProcessDiedError | null {
    const how = this.gone.get(node);
    if (how !== undefined) return new ProcessDiedError(how);
    return this.routes.has(node) || this.parent !== null ? null : new ProcessDiedError("the process has ended");
  }

  private cancel(seq: number, node: string): void {
    const call = this.outgoing.get(seq);
    if (call === undefined) return;
    // The answer may be on its way: then what it brings goes back.
    this.outgoing.set(seq, { node, answer: (answer) => answer.taken(false) });
    this.post({ kind: "cancel", to: node, from: this.node, seq });
  }

  private settle(seq: number, answer: Answer): void {
    const call = this.outgoing.get(seq);
    if (call === undefined) return answer.taken(false);
    this.outgoing.delete(seq);
    call.answer(answer);
    this.checkIdle();
  }

  private checkIdle(): void {
    if (this.outgoing.size > 0) return;
    this.onIdle?.();
    this.onIdle = null;
  }

  private perform(id: number, method: string, args: Packed, request: Request): void {
    const object = this.objects.get(id);
    try {
      if (object === undefined) throw new ProcessDiedError("the shared object is not there any more");
      object.call(method, unpack(args) as unknown[], request);
    } catch (error) {
      request.reject(error);
    }
  }

  // ---- messages

  private post(message: Message & { readonly to: string }): void {
    if (this.gathering.size > 0) this.flush();
    (this.routes.get(message.to) ?? this.parent)?.send(message);
  }

  /** A message has come by a channel. What is none of ours, a program has sent with `process.send()`. */
  receive(message: Message, peer: Peer): void {
    if (typeof message !== "object" || message === null || typeof message.kind !== "string") return;
    if (message.kind === "hello") {
      this.routes.set(message.node, peer);
      return this.up(message);
    }
    if (message.kind === "gone") return this.nodeGone(message.node, message.how, peer);
    if (message.to === this.node) return this.handle(message);
    if (this.routes.has(message.to) || (this.parent !== null && peer !== this.parent)) return this.post(message);
    this.undeliverable(message);
  }

  /** The one who asks must not wait for an answer from nobody. */
  private undeliverable(message: Message & { readonly to: string }): void {
    if (message.kind !== "call") return;
    const { from, to, seq } = message;
    const error = new ProcessDiedError(this.gone.get(to) ?? "the process has ended");
    this.post({ kind: "fail", to: from, from: this.node, seq, thrown: encodeError(error, "process") });
  }

  private handle(message: Exclude<Message, { readonly kind: "hello" | "gone" }>): void {
    const { from } = message;
    switch (message.kind) {
      case "call":
        return this.serve(message, from);
      case "reply":
        return this.arrived(message, from);
      case "fail":
        return this.settle(message.seq, failure(decodeError(message.thrown)));
      case "cancel": {
        const incoming = this.incoming.get(`${from} ${message.seq}`);
        if (incoming === undefined || !incoming.request.isOpen) return;
        incoming.request.cancel();
        this.incoming.delete(`${from} ${message.seq}`);
        return this.reply(from, message.seq, undefined, false);
      }
      case "taken": {
        const incoming = this.incoming.get(`${from} ${message.seq}`);
        this.incoming.delete(`${from} ${message.seq}`);
        if (!message.kept) incoming?.giveBack?.();
        return;
      }
      case "note": {
        const object = this.objects.get(message.id);
        if (object === undefined) return;
        const args = unpack(message.args) as unknown[];
        if (message.method === HOLD) this.hold(object, args[0] as string, args[1]);
        else object.note(message.method, args, from);
      }
    }
  }

  private arrived(message: Message & { readonly kind: "reply" }, from: string): void {
    const { seq, item } = message;
    let value: unknown;
    try {
      value = unpack(message.value);
    } catch (error) {
      return this.settle(seq, failure(error));
    }
    const taken = (kept: boolean): void => {
      if (item) this.post({ kind: "taken", to: from, from: this.node, seq, kept });
    };
    this.settle(seq, { failed: false, item, value, taken });
  }

  private serve(message: Message & { readonly kind: "call" }, from: string): void {
    const { seq } = message;
    const key = `${from} ${seq}`;
    const request = new Request(
      from,
      (value, giveBack) => {
        if (giveBack === null) this.incoming.delete(key);
        else this.incoming.set(key, { request, giveBack: () => giveBack(value) });
        this.reply(from, seq, value, giveBack !== null);
      },
      (error) => {
        this.incoming.delete(key);
        this.post({ kind: "fail", to: from, from: this.node, seq, thrown: encodeError(error, "process") });
      },
    );
    this.incoming.set(key, { request, giveBack: null });
    this.perform(message.id, message.method, message.args, request);
  }

  private reply(to: string, seq: number, value: unknown, item: boolean): void {
    try {
      this.post({ kind: "reply", to, from: this.node, seq, value: pack(value, "value", to), item });
    } catch (error) {
      this.incoming.delete(`${to} ${seq}`);
      this.post({ kind: "fail", to, from: this.node, seq, thrown: encodeError(error, "process") });
    }
  }
}

/** How the end of a process is described when nothing was wrong with it. */
export const PROPERLY = "has ended";
const HOLD = "hold";

function failure(error: unknown): Answer {
  return { failed: true, item: false, value: error, taken: nothing };
}

export const hub: Hub = new Hub();
