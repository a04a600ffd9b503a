import { QueueEmpty, QueueFull } from "../loop/errors.ts";
import { Fifo } from "../sync/fifo.ts";
import { ProcessDiedError } from "./errors.ts";
import { HomeObject } from "./home-object.ts";
import type { Request } from "./request.ts";
import { WaitLine } from "./wait-line.ts";

/** A queue's items and those who wait, in the process that has made it. */
export class HomeQueue extends HomeObject {
  private readonly maxsize: number;
  private readonly items: Fifo<unknown> = new Fifo();
  private readonly getters: WaitLine = new WaitLine();
  private readonly putters: WaitLine<unknown> = new WaitLine();
  private readonly joiners: WaitLine = new WaitLine();
  private unfinished: number = 0;
  /** How many items each process has taken and not reported as done. */
  private readonly open: Map<string, number> = new Map();
  /** Why items will never be reported as done. */
  private undone: string | null = null;
  /** The end of the last process that could have put something, while nobody knows of it. */
  private news: string | null = null;
  private readonly joinable: boolean;

  constructor(maxsize: number, joinable: boolean) {
    super();
    this.maxsize = maxsize;
    this.joinable = joinable;
  }

  override call(method: string, args: readonly unknown[], request: Request): void {
    switch (method) {
      case "put":
        return this.put(args[0], request);
      case "putMany":
        for (const each of args[0] as unknown[]) this.accept(each);
        return request.resolve();
      case "putNowait":
        if (this.isFull()) return request.reject(new QueueFull());
        return this.put(args[0], request);
      case "get":
        return this.get(request);
      case "getNowait":
        if (this.items.length === 0) return request.reject(new QueueEmpty());
        return this.get(request);
      case "qsize":
        return request.resolve(this.items.length);
      case "full":
        return request.resolve(this.isFull());
      case "taskDone":
        return this.taskDone(request);
      case "join":
        return this.join(request);
    }
  }

  private isFull(): boolean {
    return this.maxsize > 0 && this.items.length >= this.maxsize;
  }

  private put(item: unknown, request: Request): void {
    if (this.isFull()) return this.putters.push(request, item);
    this.accept(item);
    request.resolve();
  }

  private accept(item: unknown): void {
    this.unfinished++;
    this.hand(item);
  }

  /** To the first who waits for one, else into the queue. */
  private hand(item: unknown): void {
    const getter = this.getters.take();
    if (getter === null) this.items.push(item);
    else this.give(item, getter.request);
  }

  private get(request: Request): void {
    if (this.items.length > 0) {
      this.give(this.items.take(), request);
      const putter = this.putters.take();
      if (putter === null) return;
      this.accept(putter.value);
      return putter.request.resolve();
    }
    if (this.news !== null && this.holders.size === 0) {
      request.reject(new ProcessDiedError(this.news));
      this.news = null;
      return;
    }
    this.getters.push(request, undefined);
  }

  private give(item: unknown, request: Request): void {
    this.count(request.node, 1);
    request.give(item, () => {
      this.count(request.node, -1);
      const getter = this.getters.take();
      if (getter === null) this.items.unshift(item);
      else this.give(item, getter.request);
    });
  }

  private count(node: string, change: number): void {
    if (this.joinable) this.open.set(node, (this.open.get(node) ?? 0) + change);
  }

  private taskDone(request: Request): void {
    if (this.unfinished <= 0) return request.reject(new RangeError("taskDone() called too many times"));
    this.count(request.node, -1);
    this.unfinished--;
    request.resolve();
    if (this.unfinished > 0) return;
    for (let joiner = this.joiners.take(); joiner !== null; joiner = this.joiners.take()) joiner.request.resolve();
  }

  private join(request: Request): void {
    if (this.undone !== null) request.reject(new ProcessDiedError(this.undone));
    else if (this.unfinished === 0) request.resolve();
    else this.joiners.push(request, undefined);
  }

  override held(): void {
    this.news = null;
  }

  override holderGone(node: string, how: string, failed: boolean): void {
    const open = this.open.get(node) ?? 0;
    this.open.delete(node);
    if (open > 0) {
      const items = open === 1 ? "an item" : `${open} items`;
      const undone = `${how}, and has not called taskDone() for ${items} of the queue`;
      this.undone = undone;
      this.joiners.rejectAll(() => new ProcessDiedError(undone));
    }
    if (!failed || this.holders.size > 0 || this.items.length > 0) return;
    const told = this.getters.rejectAll(() => new ProcessDiedError(`${how} while the queue was waited for`));
    if (told === 0) this.news = `${how}, and nobody else has the queue`;
  }
}
