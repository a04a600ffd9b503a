import { getEventLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { DrainHelper } from "./drain-helper.ts";
import { Protocol } from "./protocol.ts";

/** What a protocol needs for `StreamWriter.drain`. A subclass that has these methods calls them. asyncio: `FlowControlMixin`. */
export class FlowControlMixin extends Protocol {
  /** @internal */ readonly _loop: EventLoop;
  /** @internal */ readonly _drain: DrainHelper = new DrainHelper();

  constructor(options: { readonly loop?: EventLoop | undefined } = {}) {
    super();
    this._loop = options.loop ?? getEventLoop();
  }

  override pauseWriting(): void {
    this._drain.pauseWriting();
  }

  override resumeWriting(): void {
    this._drain.resumeWriting();
  }

  override connectionLost(error: unknown): void {
    this._drain.connectionLost(error);
  }
}
