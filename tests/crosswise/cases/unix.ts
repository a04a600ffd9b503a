import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CoroutineGenerator,
  Event,
  openUnixConnection,
  type StreamReader,
  type StreamWriter,
  startUnixServer,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, text } from "../serving.ts";

export function* server({ print, ready }: Stage): CoroutineGenerator<void> {
  const done = new Event();
  const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
  const path = join(folder, "socket");

  function* handle(reader: StreamReader, writer: StreamWriter): CoroutineGenerator<void> {
    print(writer.getExtraInfo("sockname") === path, `'${writer.getExtraInfo("peername")}'`);
    while (true) {
      const line = yield* reader.readLine();
      if (line.length === 0) break;
      writer.write(line.slice().reverse());
    }
    yield* close(writer);
    done.set();
  }

  try {
    const server = yield* startUnixServer(handle, path);
    ready(path);
    yield* done.wait();
    server.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function* client({ print }: Stage, where: string): CoroutineGenerator<void> {
  const [reader, writer] = yield* openUnixConnection(where);
  print(writer.getExtraInfo("peername") === where, `'${writer.getExtraInfo("sockname")}'`);
  writer.write("abc\n");
  writer.writeEof();
  print(text(yield* reader.read()).trim());
  yield* close(writer);
}
