import {
  type CoroutineGenerator,
  coroutine,
  gather,
  openConnection,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, digest, pattern, serve } from "../serving.ts";

const SIZE = 10_000_000;

const exchange = (stage: Stage) =>
  coroutine(function* (reader: StreamReader, writer: StreamWriter): CoroutineGenerator<void> {
    const send = coroutine(function* () {
      const thousand = pattern(1000);
      const piece = Buffer.concat(Array.from({ length: 30 }, () => thousand));
      for (let at = 0; at < SIZE; at += piece.length) {
        writer.write(piece.subarray(0, SIZE - at));
        yield* writer.drain();
      }
      writer.writeEof();
    });

    const receive = coroutine(async () => {
      const data = await reader.read();
      stage.print(data.length, digest(data));
    });

    yield* gather(send(), receive());
    yield* close(writer);
  });

export function* server(stage: Stage): CoroutineGenerator<void> {
  yield* serve(exchange(stage), stage);
}

export function* client(stage: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  yield* exchange(stage)(reader, writer);
}
