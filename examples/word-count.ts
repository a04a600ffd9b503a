// Queues and processes: counts the words of all texts in a folder.
//   npm start -- examples/word-count.ts [folder]
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as asyncio from "asyncio-ts";
import { JoinableQueue, Process, Queue, workerModule } from "asyncio-ts/multiprocessing";
import type { Counts } from "./jobs/words.ts";

const { countFiles } = workerModule<typeof import("./jobs/words.ts")>(new URL("./jobs/words.ts", import.meta.url));

const WORKERS = 2;

async function countAll(paths: readonly string[]): Promise<Counts> {
  // At most eight files wait: who reads a folder of millions does not keep them all in memory.
  const files = new JoinableQueue<string | null>(8);
  const results = new Queue<Counts>();
  const workers = Array.from({ length: WORKERS }, () => new Process(countFiles, files, results));
  for (const worker of workers) worker.start();

  const total: Counts = new Map();
  await asyncio.taskGroup(async (group) => {
    group.createTask(async () => {
      for (const path of paths) await files.put(path);
      for (const _ of workers) await files.put(null);
      await files.join();
    });
    group.createTask(async () => {
      for (const _ of paths) {
        for (const [word, count] of await results.get()) total.set(word, (total.get(word) ?? 0) + count);
      }
    });
  });
  for (const worker of workers) await worker.join();
  return total;
}

function makeTexts(): string {
  const folder = mkdtempSync(join(tmpdir(), "words-"));
  const verse = "the rose is red the violet is blue the honey is sweet and so are you";
  for (let i = 1; i <= 50; i++) writeFileSync(join(folder, `${i}.txt`), `${verse}\n`.repeat(i));
  return folder;
}

const main = asyncio.coroutine(async (given: string | undefined) => {
  const folder = given ?? makeTexts();
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const counts = await countAll(files.map(({ name }) => join(folder, name)));
    const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 5);
    for (const [word, count] of most) console.log(`${String(count).padStart(6)}  ${word}`);
    console.log(`${counts.size} different words in ${files.length} files`);
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
});

await asyncio.run(main(process.argv[2]));
