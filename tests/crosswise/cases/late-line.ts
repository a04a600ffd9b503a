import {
  type CoroutineGenerator,
  coroutine,
  each,
  openConnection,
  type StreamReader,
  type StreamWriter,
  TimeoutError,
  waitFor,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

export function* server(stage: Stage): CoroutineGenerator<void> {
  const handle = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    writer.write("half a ");
    yield* writer.drain();
    yield* reader.readExactly(1);
    writer.write("line\nand another\n");
    yield* close(writer);
  });

  yield* serve(handle, stage);
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  for (let i = 0; i < 3; i++) {
    try {
      yield* waitFor(reader.readLine(), 0.02);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      print("too late");
    }
  }
  writer.write(".");
  yield* each(reader, function* (line) {
    print(text(line).trimEnd());
  });
  yield* close(writer);
}
