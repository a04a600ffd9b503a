import {
  type CoroutineGenerator,
  coroutine,
  IncompleteReadError,
  openConnection,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, digest, pattern, serve } from "../serving.ts";

function* readMessage(reader: StreamReader): CoroutineGenerator<Uint8Array> {
  const head = yield* reader.readExactly(4);
  return yield* reader.readExactly(new DataView(head.buffer, head.byteOffset).getUint32(0));
}

function lengthOf(message: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, message.length);
  return new Uint8Array(head.buffer);
}

export function* server(stage: Stage): CoroutineGenerator<void> {
  const handle = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    while (true) {
      let message: Uint8Array;
      try {
        message = yield* readMessage(reader);
      } catch (error) {
        if (!(error instanceof IncompleteReadError)) throw error;
        stage.print("end after", error.partial.length, "of", error.expected);
        break;
      }
      stage.print(message.length, digest(message));
      writer.write(lengthOf(message));
      writer.write(message);
      yield* writer.drain();
    }
    yield* close(writer);
  });

  yield* serve(handle, stage);
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  for (const size of [0, 1, 4, 1000, 65_536, 70_000, 200_000]) {
    const message = pattern(size);
    writer.writeLines([lengthOf(message), message]);
    yield* writer.drain();
    const answer = yield* readMessage(reader);
    print(digest(answer) === digest(message));
  }
  writer.write(new Uint8Array(2));
  writer.writeEof();
  print((yield* reader.read()).length);
  yield* close(writer);
}
