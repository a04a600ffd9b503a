import {
  type CoroutineGenerator,
  coroutine,
  IncompleteReadError,
  openConnection,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

export function* server(stage: Stage): CoroutineGenerator<void> {
  const handle = coroutine(function* (_reader: StreamReader, writer: StreamWriter) {
    writer.write("not all of it");
    yield* close(writer);
  });

  yield* serve(handle, stage, { connections: 3 });
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  for (const read of [
    (r: StreamReader) => r.readExactly(100),
    (r: StreamReader) => r.readUntil("!"),
    (r: StreamReader) => r.readLine(),
  ]) {
    const [reader, writer] = yield* openConnection(...where);
    try {
      print(text(yield* read(reader)));
    } catch (error) {
      if (!(error instanceof IncompleteReadError)) throw error;
      print(error.message, text(error.partial), error.expected);
    }
    print((yield* reader.read()).length, reader.atEof());
    yield* close(writer);
  }
}
