import { coroutine, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    for await (const line of reader) {
      stage.print("line", text(line).trimEnd());
      writer.write(text(line).toUpperCase());
      await writer.drain();
    }
    stage.print("end", reader.atEof());
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  for (const line of ["hello", "world", "", "the last"]) {
    writer.write(`${line}\n`);
    await writer.drain();
    print(text(await reader.readLine()).trimEnd());
  }
  writer.writeEof();
  print((await reader.read()).length, reader.atEof());
  await close(writer);
}
