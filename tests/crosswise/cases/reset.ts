import type { Socket } from "node:net";
import {
  ConnectionResetError,
  type CoroutineGenerator,
  coroutine,
  openConnection,
  type StreamReader,
  type StreamWriter,
} from "asyncio-ts";
import type { Stage } from "../case.ts";
import { serve, text } from "../serving.ts";

export function* server(stage: Stage): CoroutineGenerator<void> {
  const handle = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    stage.print(text(yield* reader.readExactly(4)));
    writer.write("go on\n");
    for (const attempt of [reader.readExactly(10), reader.read(), writer.drain(), writer.waitClosed()]) {
      try {
        stage.print(yield* attempt);
      } catch (error) {
        if (!(error instanceof ConnectionResetError)) throw error;
        stage.print("ConnectionResetError");
      }
    }
    stage.print((reader.exception() as Error).name);
    writer.close();
  });

  yield* serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  writer.write("headhalf");
  print(text(await reader.readLine()).trimEnd());
  (writer.getExtraInfo("socket") as Socket).resetAndDestroy();
}
