import { coroutine, openConnection, type StreamReader, type StreamWriter, sleep } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, digest, pattern, serve } from "../serving.ts";

const PIECE = 64 * 1024;
const PIECES = 160;

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
    let heldBack = 0;
    const piece = pattern(PIECE);
    for (let i = 0; i < PIECES; i++) {
      writer.write(piece);
      if (writer.transport.getWriteBufferSize() > 64 * 1024) heldBack += 1;
      await writer.drain();
    }
    stage.print("held back", heldBack > 0);
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  await sleep(0.05);
  const got: Uint8Array[] = [];
  let size = 0;
  while (true) {
    const data = await reader.read(100_000);
    if (data.length === 0) break;
    got.push(data);
    size += data.length;
    if (size < 1_000_000) await sleep(0.001);
  }
  const all = Buffer.concat(got);
  print(all.length, digest(all));
  await close(writer);
}
