import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { AcceptQueue } from "./accept-queue.ts";
import type { Address } from "./protocol.ts";
import { acceptQueueOf, checkNotSecure } from "./sources.ts";
import { TakingCoroutine } from "./taking-coroutine.ts";

/** `loop.sockAccept()`. */
export function sockAccept<S extends object>(
  loop: EventLoop,
  server: unknown,
): Coroutine<[connection: S, address: Address]> {
  return new Accept<S>(loop, server);
}

class Accept<S extends object> extends TakingCoroutine<[connection: S, address: Address], AcceptQueue> {
  private readonly server: unknown;

  constructor(loop: EventLoop, server: unknown) {
    super(loop);
    this.server = server;
  }

  get name(): string {
    return "sockAccept";
  }

  protected override open(): AcceptQueue {
    checkNotSecure(this.server);
    return acceptQueueOf(this.server, this.name);
  }

  protected override take(queue: AcceptQueue): { readonly value: [S, Address] } | null {
    const taken = queue.take();
    return taken === null ? null : { value: taken as unknown as [S, Address] };
  }
}
