import { coroutine, LimitOverrunError, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import { kind } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    for (const line of ["x".repeat(16), "y".repeat(17), "short"]) {
      writer.write(`${line}\n`);
      await reader.readExactly(1);
    }
    writer.write(`${"z".repeat(100)};after`);
    writer.writeEof();
    await reader.read();
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where, { limit: 16 });
  for (let i = 0; i < 3; i++) {
    try {
      print((await reader.readLine()).length);
    } catch (error) {
      print(kind(error), (error as Error).message);
    }
    writer.write(".");
  }
  try {
    await reader.readUntil(";");
  } catch (error) {
    if (!(error instanceof LimitOverrunError)) throw error;
    print(kind(error), 16 < error.consumed && error.consumed <= 100);
  }
  print((await reader.readExactly(101)).length, text(await reader.read()));
  await close(writer);
}
