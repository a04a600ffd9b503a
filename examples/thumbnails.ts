// Queues and threads: tasks hand pictures to threads that block, and take the thumbnails from them.
//   npm start -- examples/thumbnails.ts [folder with .ppm pictures]
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as asyncio from "asyncio-ts";
import { workerModule } from "asyncio-ts/concurrent";
import { Queue, Thread } from "asyncio-ts/threading";
import type { Order, Thumbnail } from "./jobs/thumbnails.ts";

const { makeThumbnails } = workerModule<typeof import("./jobs/thumbnails.ts")>(
  new URL("./jobs/thumbnails.ts", import.meta.url),
);

const THREADS = 2;
const LARGEST = 64;

async function makeAll(names: readonly string[], folder: string): Promise<Thumbnail[]> {
  const orders = new Queue<Order>(4);
  const done = new Queue<Thumbnail>(4);
  const threads = Array.from({ length: THREADS }, () => new Thread(makeThumbnails, orders, done, LARGEST));
  for (const thread of threads) thread.start();
  mkdirSync(join(folder, "thumbnails"), { recursive: true });

  const thumbnails: Thumbnail[] = [];
  await asyncio.taskGroup(async (group) => {
    group.createTask(async () => {
      for (const name of names)
        await orders.putAsync({ from: join(folder, name), to: join(folder, "thumbnails", name) });
      orders.shutdown(); // the threads end when they have done what is there
    });
    group.createTask(async () => {
      for (const _ of names) thumbnails.push(await done.getAsync());
    });
  });
  for (const thread of threads) await thread.joinAsync();
  return thumbnails;
}

function makePictures(): string {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  for (let i = 1; i <= 12; i++) {
    const [width, height] = [100 * i, 60 * i];
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * i) % 256);
    writeFileSync(
      join(folder, `picture-${i}.ppm`),
      Buffer.concat([Buffer.from(`P6 ${width} ${height} 255\n`), pixels]),
    );
  }
  return folder;
}

const main = asyncio.coroutine(async (given: string | undefined) => {
  const folder = given ?? makePictures();
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".ppm"));
    const thumbnails = await makeAll(names, folder);
    const lines = thumbnails.map(({ path, width, height }) => `${basename(path)}: ${width} × ${height}`);
    console.log(lines.sort(new Intl.Collator("en", { numeric: true }).compare).join("\n"));
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
});

await asyncio.run(main(process.argv[2]));
