// asyncio-ts, a pool of threads.
import { ThreadPoolExecutor } from "asyncio-ts/concurrent";
import { main } from "../measure.mjs";
import { openWith } from "../our-pools.mjs";
import { poolRows } from "../pools.mjs";

await main({ rows: {}, special: poolRows(openWith(ThreadPoolExecutor)), drive: null });
