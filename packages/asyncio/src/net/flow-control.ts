import type { BaseLoop } from "../loop/base-loop.ts";
import { leavesLoop } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { BaseTransport, WriteBufferLimits } from "./transport.ts";

const DEFAULT_HIGH = 65_536;

/**
 * When a transport tells its protocol to stop writing and to go on: `pauseWriting` when more than `high` bytes wait to
 * be sent, `resumeWriting` when no more than `low` do. The two alternate. asyncio: `_FlowControlMixin`.
 */
export class FlowControl {
  high: number;
  low: number;
  /** The protocol has been told to stop. */
  paused: boolean;
  private readonly loop: BaseLoop;
  private readonly transport: BaseTransport;

  constructor(loop: BaseLoop, transport: BaseTransport) {
    this.loop = loop;
    this.transport = transport;
    this.high = DEFAULT_HIGH;
    this.low = DEFAULT_HIGH / 4;
    this.paused = false;
  }

  /** Throws `RangeError` unless `high` ≥ `low` ≥ 0. Look at the size again afterwards. */
  setLimits({ high, low }: WriteBufferLimits): void {
    const newHigh = high ?? (low === undefined || low === null ? DEFAULT_HIGH : 4 * low);
    const newLow = low ?? Math.floor(newHigh / 4);
    if (!(newHigh >= newLow && newLow >= 0)) {
      throw new RangeError(`high (${repr(newHigh)}) must be >= low (${repr(newLow)}) must be >= 0`);
    }
    this.high = newHigh;
    this.low = newLow;
  }

  /** There is more to send than before. */
  grown(size: number): void {
    if (size <= this.high || this.paused) return;
    this.paused = true;
    this.tell("pauseWriting");
  }

  /** Some of it has been sent. */
  shrunk(size: number): void {
    if (!this.paused || size > this.low) return;
    this.paused = false;
    this.tell("resumeWriting");
  }

  /** Calls the method of the protocol; an error of its own is reported. */
  tell(method: "pauseWriting" | "resumeWriting"): void {
    const protocol: BaseProtocol = this.transport.getProtocol();
    try {
      protocol[method]();
    } catch (error) {
      if (leavesLoop(error)) throw error;
      this.loop.callExceptionHandler({
        message: `protocol.${method}() failed`,
        exception: error,
        transport: this.transport,
        protocol,
      });
    }
  }
}
