import { Context } from "../loop/context.ts";
import { takePlace } from "../loop/first-places.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { enter } from "./enter.ts";
import type { WriteTransport } from "./transport.ts";

/**
 * Closes the connection of a stream that nobody holds any more, and says so in debug mode. CPython does the same by its
 * reference counts, at once; here it happens when the garbage collector comes by.
 */
export class Abandonment {
  transport: WriteTransport;
  private readonly loop: EventLoop;
  private readonly sourceTraceback: string[] | null;

  /** `writer` is what must not be lost; `transport` and `loop` do not hold it. */
  constructor(writer: object, transport: WriteTransport, loop: EventLoop) {
    this.transport = transport;
    this.loop = loop;
    // As lines: a stack that is not formatted holds what its frames belong to, the writer for one.
    this.sourceTraceback = loop._keepsPlaces ? takePlace().lines : null;
    registry?.register(writer, this);
  }

  notice(): void {
    if (!this.transport.isClosing()) enter(this.loop, new Context(), () => this.close());
  }

  private close(): void {
    const { transport, loop, sourceTraceback } = this;
    if (transport.isClosing()) return;
    if (loop.getDebug()) {
      loop.callExceptionHandler({
        message: "unclosed StreamWriter: nobody holds the stream any more; its connection is closed",
        transport,
        ...(sourceTraceback !== null && { sourceTraceback }),
      });
    }
    transport.close();
  }
}

const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<Abandonment>((abandonment) => abandonment.notice());
