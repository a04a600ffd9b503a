// Futures and threads: hashes files in parallel, with a progress bar on a terminal.
//   npm start -- examples/file-hasher.ts [folder]
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as asyncio from "asyncio-ts";
import { asCompleted, type Future, ThreadPoolExecutor, workerModule } from "asyncio-ts/concurrent";

const { sha256 } = workerModule<typeof import("./jobs/hash.ts")>(new URL("./jobs/hash.ts", import.meta.url));

function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const filled = Math.round((done / total) * 30);
  process.stderr.write(
    `\r[${"#".repeat(filled)}${".".repeat(30 - filled)}] ${done}/${total}${done === total ? "\n" : ""}`,
  );
}

async function hashAll(paths: readonly string[]): Promise<Map<string, string>> {
  await using pool = new ThreadPoolExecutor();
  const pathOf = new Map<Future<string>, string>();
  for (const path of paths) pathOf.set(pool.submit(sha256, path), path);
  const hashes = new Map<string, string>();
  for await (const { future } of asCompleted(pathOf.keys())) {
    hashes.set(pathOf.get(future)!, await future);
    showProgress(hashes.size, paths.length);
  }
  return hashes;
}

function makeFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "hasher-"));
  for (let i = 0; i < 20; i++) writeFileSync(join(folder, `file-${i}.bin`), new Uint8Array(i * 100_000).fill(i));
  return folder;
}

const main = asyncio.coroutine(async (given: string | undefined) => {
  const folder = given ?? makeFiles();
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const hashes = await hashAll(files.map(({ name }) => join(folder, name)));
    const lines = [...hashes].map(([path, hash]) => `${hash.slice(0, 16)}  ${basename(path)}`);
    console.log(lines.sort().slice(0, 5).join("\n"));
    console.log(`${hashes.size} files`);
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
});

await asyncio.run(main(process.argv[2]));
