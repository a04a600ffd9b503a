import { Context } from "../loop/context.ts";
import { takePlace } from "../loop/first-places.ts";
import { enter } from "../net/enter.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { ChildTransport } from "./subprocess-transport.ts";

/**
 * Reports a child that still runs when nobody holds its `Process` any more, so that nobody can wait for it or end it.
 * Python: the `ResourceWarning` "subprocess N is still running", which is shown in its development mode only.
 *
 * Outside of debug mode it must be certain that the child is lost: one with an open pipe may be talking with a program
 * that kept nothing but a stream of it, and one with a session of its own was made to live on.
 */
class DroppedProcess {
  private readonly transport: ChildTransport;
  private readonly loop: EventLoop;
  private readonly sourceTraceback: string[] | null;

  constructor(transport: ChildTransport, loop: EventLoop) {
    this.transport = transport;
    this.loop = loop;
    // As lines: a stack that is not formatted may hold the process.
    this.sourceTraceback = loop._keepsPlaces ? takePlace().lines : null;
  }

  notice(): void {
    if (this.isLost()) enter(this.loop, new Context(), () => this.report());
  }

  private isLost(): boolean {
    const { transport } = this;
    return transport._isLeftAlone() && (this.loop.getDebug() || transport._isOutOfReach());
  }

  private report(): void {
    if (!this.isLost()) return;
    const { transport, sourceTraceback } = this;
    this.loop.callExceptionHandler({
      message: `subprocess ${transport.getPid()} is still running, and nobody holds its Process any more`,
      transport,
      ...(sourceTraceback !== null && { sourceTraceback }),
    });
  }
}

/** Beside the start of a child an entry costs nothing. */
const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<DroppedProcess>((dropped) => dropped.notice());

/** `transport` must not hold `process`. */
export function watchForDrop(process: object, transport: ChildTransport, loop: EventLoop): void {
  registry?.register(process, new DroppedProcess(transport, loop));
}
