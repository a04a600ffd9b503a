import { coroutine, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

export async function server(stage: Stage): Promise<void> {
  const endsLast = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    const question = await reader.read();
    stage.print(text(question), reader.atEof(), writer.isClosing());
    for (const part of ["an ", "answer"]) {
      writer.write(part);
      await writer.drain();
    }
    await close(writer);
  });

  const endsFirst = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    writer.write("that is all");
    writer.writeEof();
    stage.print(text(await reader.read()));
    await close(writer);
  });

  const handlers = [endsLast, endsFirst];
  await serve((reader, writer) => handlers.shift()!(reader, writer), stage, { connections: 2 });
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  {
    const [reader, writer] = await openConnection(...where);
    print(writer.canWriteEof());
    writer.write("a question");
    writer.writeEof();
    print(text(await reader.read()));
    await close(writer);
  }
  const [reader, writer] = await openConnection(...where);
  print(text(await reader.read()), reader.atEof(), writer.isClosing());
  writer.write("I have more");
  await writer.drain();
  await close(writer);
}
