import {
  ConnectionRefusedError,
  type CoroutineGenerator,
  Event,
  openConnection,
  type StreamReader,
  type StreamWriter,
  startServer,
} from "asyncio-ts";
import type { Stage, Where } from "../case.ts";
import { close, text } from "../serving.ts";

export function* server({ print, ready }: Stage): CoroutineGenerator<void> {
  const done = new Event();

  async function handle(reader: StreamReader, writer: StreamWriter): Promise<void> {
    print("accepted");
    for await (const line of reader) {
      if (text(line) === "close\n") {
        server.close();
        print(server.isServing(), server.sockets.length);
      }
      writer.write(`done ${text(line)}`);
    }
    await close(writer);
    done.set();
  }

  const server = yield* startServer(handle, "127.0.0.1", 0);
  print(server.isServing(), server.sockets.length);
  ready(server.sockets[0]!.getSockName() as Where);
  yield* done.wait();
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  for (const line of ["one\n", "close\n"]) {
    writer.write(line);
    print(text(yield* reader.readLine()).trimEnd());
  }
  try {
    yield* openConnection(...where);
  } catch (error) {
    if (!(error instanceof ConnectionRefusedError)) throw error;
    print("refused", error.errno! > 0);
  }
  writer.write("still here\n");
  print(text(yield* reader.readLine()).trimEnd());
  yield* close(writer);
}
