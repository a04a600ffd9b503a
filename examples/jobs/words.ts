import { readFileSync } from "node:fs";
import type { JoinableQueue, Queue } from "asyncio-ts/multiprocessing";

export type Counts = Map<string, number>;

/** Takes files from one queue until it finds null, and puts the counts of each into the other. */
export async function countFiles(files: JoinableQueue<string | null>, results: Queue<Counts>): Promise<void> {
  for (let path = await files.get(); path !== null; path = await files.get()) {
    const counts: Counts = new Map();
    for (const word of readFileSync(path, "utf8")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    await results.put(counts);
    await files.taskDone();
  }
  await files.taskDone();
}
