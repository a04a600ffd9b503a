// A crawler: at most three requests at a time, at most ten per second, failures tried again. The site is made up.
import * as asyncio from "asyncio-ts";

interface Page {
  readonly seconds: number;
  readonly links: readonly string[];
}

const site: Record<string, Page> = {
  "/": { seconds: 0.1, links: ["/a", "/b", "/c", "/missing"] },
  "/a": { seconds: 0.3, links: ["/a/1", "/a/2", "/"] },
  "/b": { seconds: 0.1, links: ["/b/1", "/flaky"] },
  "/c": { seconds: 0.2, links: [] },
  "/a/1": { seconds: 0.1, links: ["/a/2"] },
  "/a/2": { seconds: 0.1, links: ["/c"] },
  "/b/1": { seconds: 30, links: [] },
  "/flaky": { seconds: 0.1, links: ["/a"] },
};

class HttpError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

let requests = 0;
let open = 0;
let mostOpen = 0;
let flaky = 2;

/** What `fetch` would do, and like it, stops when it is cancelled. */
async function request(path: string): Promise<Page> {
  requests += 1;
  mostOpen = Math.max(mostOpen, ++open);
  try {
    const page = site[path];
    await asyncio.sleep(page?.seconds ?? 0.05);
    if (page === undefined) throw new HttpError(404);
    if (path === "/flaky" && flaky-- > 0) throw new HttpError(503);
    return page;
  } finally {
    open -= 1;
  }
}

const limiter = new asyncio.RateLimiter({ limit: 10 });

/** One page: each attempt waits for its turn and has a second of time; only what may pass is tried again. */
const load = (path: string) =>
  asyncio.retry(
    async () => {
      await limiter.acquire();
      return await asyncio.timeout(1, () => request(path));
    },
    {
      attempts: 3,
      delay: 0.2,
      jitter: "none",
      retryIf: (error) => !(error instanceof HttpError) || error.status >= 500,
      onRetry: (error, { attempt }) => console.log(`  ${path}: attempt ${attempt}: ${describe(error)}`),
    },
  );

/** Every page that can be reached, and what became of it. */
async function crawl(start: string): Promise<Map<string, string>> {
  const found = new Map<string, string>([[start, "?"]]);
  const queue = new asyncio.Queue<string>();
  queue.putNowait(start);
  const visit = async (path: string): Promise<[path: string, links: readonly string[] | string]> => {
    try {
      return [path, (await load(path)).links];
    } catch (error) {
      if (asyncio.isCancelled(error)) throw error;
      return [path, describe(error)];
    }
  };
  // The queue is the loop: results put links in, and when the last page brings none, it shuts down.
  for await (const [path, result] of asyncio.mapConcurrent(queue, visit, { limit: 3, ordered: false })) {
    const links = typeof result === "string" ? [] : result;
    found.set(path, typeof result === "string" ? result : `links: ${links.length}`);
    for (const link of links) {
      if (found.has(link)) continue;
      found.set(link, "?");
      queue.putNowait(link);
    }
    if (![...found.values()].includes("?")) queue.shutdown();
  }
  return found;
}

function describe(error: unknown): string {
  if (error instanceof asyncio.RetryError) return `${error.errors.length} attempts failed: ${describe(error.cause)}`;
  return error instanceof asyncio.TimeoutError ? "took too long" : (error as Error).message;
}

await asyncio.run(async () => {
  const found = await asyncio.timeout("1m", () => crawl("/"));
  for (const [path, outcome] of [...found].sort()) console.log(`${path}: ${outcome}`);
  console.log(`${requests} requests, at most ${mostOpen} at a time`);
});
