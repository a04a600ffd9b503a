import { ConnectionResetError } from "../loop/system-errors.ts";
import { ParkingLot } from "../sync/parking-lot.ts";

/** Why a writer that waited goes on: null, or the error that the connection was lost with. */
export type DrainVerdict = unknown;

/**
 * What a protocol knows of the buffer of its transport, for those who wait until it has drained. asyncio: the part of
 * `FlowControlMixin` that `drain` needs.
 */
export class DrainHelper {
  /** More waits to be sent than the transport's high-water mark. */
  paused: boolean = false;
  /** `connectionLost` was called. */
  lost: boolean = false;
  /** A writer was told. */
  lossSeen: boolean = false;
  /** @internal */ readonly _lot: ParkingLot<DrainVerdict> = new ParkingLot(this);

  pauseWriting(): void {
    this.paused = true;
  }

  resumeWriting(): void {
    this.paused = false;
    this._lot.unparkMany(Infinity, null);
  }

  connectionLost(error: unknown): void {
    this.lost = true;
    if (this.paused) this._lot.unparkMany(Infinity, error);
  }

  /** Whether drain has nothing to wait for. */
  isReady(): boolean {
    return this.lost || !this.paused;
  }

  /** Throws `ConnectionResetError` when the connection is lost. */
  check(): void {
    if (!this.lost) return;
    this.lossSeen = true;
    throw new ConnectionResetError("Connection lost", { code: "ECONNRESET" });
  }
}
