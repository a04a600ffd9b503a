import { describe, expect, it } from "vitest";
import { newEventLoop } from "../index.ts";
import type { ExceptionContext } from "../loop/exception-handler.ts";
import { FlowControl } from "./flow-control.ts";
import { BaseProtocol } from "./protocol.ts";
import type { BaseTransport } from "./transport.ts";

function make(protocol: BaseProtocol): { flow: FlowControl; reports: ExceptionContext[]; transport: BaseTransport } {
  const loop = newEventLoop();
  const reports: ExceptionContext[] = [];
  loop.setExceptionHandler((_loop, context) => reports.push(context));
  const transport = { getProtocol: () => protocol } as BaseTransport;
  return { flow: new FlowControl(loop, transport), reports, transport };
}

class Recorder extends BaseProtocol {
  readonly log: string[] = [];
  override pauseWriting(): void {
    this.log.push("pause");
  }
  override resumeWriting(): void {
    this.log.push("resume");
  }
}

describe("FlowControl", () => {
  it("pauses above the high mark and resumes at the low one, in turns", () => {
    const protocol = new Recorder();
    const { flow } = make(protocol);
    flow.setLimits({ high: 100, low: 20 });
    flow.grown(100);
    expect(protocol.log).toEqual([]);
    flow.grown(101);
    flow.grown(500);
    flow.shrunk(21);
    expect(protocol.log).toEqual(["pause"]);
    flow.shrunk(20);
    flow.shrunk(0);
    expect(protocol.log).toEqual(["pause", "resume"]);
    flow.grown(101);
    expect(protocol.log).toEqual(["pause", "resume", "pause"]);
  });

  it.each([
    [{}, 65_536, 16_384],
    [{ high: 1000 }, 1000, 250],
    [{ high: 1001 }, 1001, 250],
    [{ low: 300 }, 1200, 300],
    [{ high: 0 }, 0, 0],
    [{ high: 5, low: 5 }, 5, 5],
  ])("limits %j give high %i and low %i", (limits, high, low) => {
    const { flow } = make(new Recorder());
    flow.setLimits(limits);
    expect([flow.high, flow.low]).toEqual([high, low]);
  });

  it.each([
    [{ high: 1, low: 2 }, "high (1) must be >= low (2) must be >= 0"],
    [{ high: -1, low: -1 }, "high (-1) must be >= low (-1) must be >= 0"],
    [{ high: Number.NaN }, "high (NaN) must be >= low (NaN) must be >= 0"],
    [{ low: Number.NaN }, "high (NaN) must be >= low (NaN) must be >= 0"],
  ])("limits %j are an error, and change nothing", (limits, message) => {
    const { flow } = make(new Recorder());
    expect(() => flow.setLimits(limits)).toThrow(new RangeError(message));
    expect([flow.high, flow.low]).toEqual([65_536, 16_384]);
  });

  it("reports a protocol that throws, and goes on", () => {
    const error = new Error("broken");
    class Broken extends BaseProtocol {
      override pauseWriting(): void {
        throw error;
      }
      override resumeWriting(): void {
        throw error;
      }
    }
    const protocol = new Broken();
    const { flow, reports, transport } = make(protocol);
    flow.grown(100_000);
    flow.shrunk(0);
    expect(flow.paused).toBe(false);
    expect(reports).toEqual([
      { message: "protocol.pauseWriting() failed", exception: error, transport, protocol },
      { message: "protocol.resumeWriting() failed", exception: error, transport, protocol },
    ]);
  });
});
