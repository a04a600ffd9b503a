// Tries three thousand ports, never more than 1,000 connections at a time, none longer than five seconds.
import * as asyncio from "asyncio-ts";

const HOST = "127.0.0.1";
const LIMIT = 1_000;

const isOpen = asyncio.coroutine(async (port: number) => {
  try {
    const [, writer] = await asyncio.timeout(5, () => asyncio.openConnection(HOST, port));
    writer.close();
    return true;
  } catch (error) {
    if (error instanceof asyncio.OSError) return false; // refused, unreachable or too slow
    throw error;
  }
});

const scan = asyncio.coroutine(async (ports: readonly number[]) => {
  const open: number[] = [];
  let most = 0;
  let now = 0;
  await asyncio.mapConcurrent(
    ports,
    async (port) => {
      most = Math.max(most, ++now);
      if (await isOpen(port)) open.push(port);
      now--;
    },
    { limit: LIMIT },
  );
  console.log(`at most ${most} connections at a time`);
  return open.sort((a, b) => a - b);
});

const main = asyncio.coroutine(async () => {
  // Three servers to be found.
  const servers = await asyncio.gather(
    ...[1, 2, 3].map(() => asyncio.startServer((_, writer) => writer.close(), HOST, 0)),
  );
  const found = servers.map((server) => (server.sockets[0]!.getSockName() as [string, number])[1]);

  const first = Math.max(1024, Math.min(...found) - 1_500);
  const ports = new Set(Array.from({ length: 3_000 }, (_, i) => first + i).filter((port) => port < 65_536));
  for (const port of found) ports.add(port);
  const open = await scan([...ports]);
  console.log(`found all three: ${found.every((port) => open.includes(port))}`);

  for (const server of servers) server.close();
});

await asyncio.run(main());
