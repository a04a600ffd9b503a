// asyncio-ts, a pool of processes.
import { ProcessPoolExecutor } from "asyncio-ts/concurrent";
import { main } from "../measure.mjs";
import { openWith } from "../our-pools.mjs";
import { poolRows } from "../pools.mjs";

await main({ rows: {}, special: poolRows(openWith(ProcessPoolExecutor)), drive: null });
