import { ProcessDiedError } from "./errors.ts";
import { HomeObject } from "./home-object.ts";
import type { Request } from "./request.ts";
import { WaitLine } from "./wait-line.ts";

/** A semaphore, or with one permit a lock, that a manager keeps. First come, first served. */
export class HomeSemaphore extends HomeObject {
  private permits: number;
  private readonly most: number;
  private readonly name: string;
  private readonly waiting: WaitLine = new WaitLine();
  /** How many permits each process has. */
  private readonly taken: Map<string, number> = new Map();

  constructor(permits: number, most: number, name: string) {
    super();
    this.permits = permits;
    this.most = most;
    this.name = name;
  }

  override call(method: string, _args: readonly unknown[], request: Request): void {
    if (method === "acquire") {
      if (this.permits > 0) this.grant(request);
      else this.waiting.push(request, undefined);
    } else if (method === "locked") {
      request.resolve(this.permits === 0);
    } else {
      if (this.permits >= this.most) throw new RangeError(`${this.name} released too many times`);
      this.count(request.node, -1);
      this.release();
      request.resolve();
    }
  }

  /** At the end of `runExclusive`. */
  override note(_method: string, _args: readonly unknown[], node: string): void {
    this.count(node, -1);
    if (this.permits < this.most) this.release();
  }

  private grant(request: Request): void {
    this.permits--;
    this.count(request.node, 1);
    request.give(true, () => {
      this.count(request.node, -1);
      this.release();
    });
  }

  private release(): void {
    this.permits++;
    const next = this.waiting.take();
    if (next !== null) this.grant(next.request);
  }

  private count(node: string, change: number): void {
    const held = (this.taken.get(node) ?? 0) + change;
    if (held > 0) this.taken.set(node, held);
    else this.taken.delete(node);
  }

  /** What it protects may be half done: those who wait are told, then it is free again. */
  override holderGone(node: string, how: string): void {
    const held = this.taken.get(node) ?? 0;
    if (held === 0) return;
    this.taken.delete(node);
    this.waiting.rejectAll(() => new ProcessDiedError(`${how} and had the ${this.name.toLowerCase()}`));
    for (let i = 0; i < held; i++) this.release();
  }
}

/** An event that a manager keeps. */
export class HomeEvent extends HomeObject {
  private happened: boolean = false;
  private readonly waiting: WaitLine = new WaitLine();

  override call(method: string, _args: readonly unknown[], request: Request): void {
    switch (method) {
      case "isSet":
        return request.resolve(this.happened);
      case "wait":
        if (this.happened) return request.resolve(true);
        return this.waiting.push(request, undefined);
      case "clear":
        this.happened = false;
        return request.resolve();
      case "set":
        this.happened = true;
        for (let next = this.waiting.take(); next !== null; next = this.waiting.take()) next.request.resolve(true);
        return request.resolve();
    }
  }
}
