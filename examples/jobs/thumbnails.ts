import { readFileSync, writeFileSync } from "node:fs";
import type { Queue } from "asyncio-ts/threading";

export interface Order {
  readonly from: string;
  readonly to: string;
}

export interface Thumbnail {
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** Makes thumbnails as long as there are orders. It blocks its thread: for a file, for an order, for room in `done`. */
export function makeThumbnails(orders: Queue<Order>, done: Queue<Thumbnail>, largest: number): void {
  for (const { from, to } of orders.items()) {
    const picture = parse(readFileSync(from));
    const factor = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / largest));
    const { width, height, pixels } = shrink(picture, factor);
    writeFileSync(to, Buffer.concat([Buffer.from(`P6 ${width} ${height} 255\n`), pixels]));
    done.put({ path: to, width, height });
    orders.taskDone();
  }
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel. */
  readonly pixels: Uint8Array;
}

/** The simplest of all formats, PPM. */
function parse(file: Uint8Array): Picture {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(file.subarray(0, 64)).toString("latin1"));
  if (head === null) throw new Error("this is no PPM picture");
  return { width: Number(head[1]), height: Number(head[2]), pixels: file.subarray(head[0].length) };
}

/** Each pixel is the mean of `factor` × `factor` others. */
function shrink(picture: Picture, factor: number): Picture {
  const width = Math.max(1, Math.floor(picture.width / factor));
  const height = Math.max(1, Math.floor(picture.height / factor));
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at++) {
    const x = (Math.floor(at / 3) % width) * factor;
    const y = Math.floor(at / 3 / width) * factor;
    let sum = 0;
    for (let dy = 0; dy < factor; dy++) {
      for (let dx = 0; dx < factor; dx++)
        sum += picture.pixels[((y + dy) * picture.width + x + dx) * 3 + (at % 3)] ?? 0;
    }
    pixels[at] = sum / factor ** 2;
  }
  return { width, height, pixels };
}
