import { coroutine, gather, openConnection, type StreamReader, type StreamWriter, sleep } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

const TASKS = 10;
const ROUNDS = 20;

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
    const write = coroutine(async (number: number) => {
      const record = `${String(number).repeat(20_000)}\n`;
      for (let round = 0; round < ROUNDS; round++) {
        writer.write(record);
        await writer.drain();
      }
    });

    await gather(Array.from({ length: TASKS }, (_, number) => write(number)));
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  await sleep(0.02);
  const counts = new Map<string, number>();
  for await (const bytes of reader) {
    const line = text(bytes);
    const number = line.charAt(0);
    if (line !== `${number.repeat(20_000)}\n`) throw new Error("records are mixed up");
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  print(...[...counts].sort().map(([number, count]) => `${number}:${count}`));
  await close(writer);
}
