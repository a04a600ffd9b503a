import {
  ConnectionError,
  type CoroutineGenerator,
  coroutine,
  openConnection,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { serve } from "../serving.ts";

export function* server(stage: Stage): CoroutineGenerator<void> {
  const handle = coroutine(function* (_reader: StreamReader, writer: StreamWriter) {
    try {
      while (true) {
        writer.write("more".repeat(1000));
        yield* writer.drain();
      }
    } catch (error) {
      stage.print(error instanceof ConnectionError, writer.isClosing());
    }
    writer.close();
  });

  yield* serve(handle, stage);
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  print((yield* reader.readExactly(1000)).length);
  writer.transport.abort();
  yield* writer.waitClosed();
  print(reader.atEof() || reader.exception() === null);
}
