import { coroutine, gather, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { clientContext, serverContext } from "../certificates.ts";
import { close, digest, pattern, serve } from "../serving.ts";

const SIZE = 1_000_000;

async function exchange(reader: StreamReader, writer: StreamWriter, print: Print): Promise<void> {
  const send = async (): Promise<void> => {
    const data = pattern(SIZE);
    for (let start = 0; start < SIZE; start += 50_000) {
      writer.write(data.subarray(start, start + 50_000));
      await writer.drain();
    }
  };
  const [, received] = await gather(send, reader.readExactly(SIZE));
  print(received.length, digest(received));
}

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    await exchange(reader, writer, stage.print);
    stage.print((await reader.read()).length);
    await close(writer);
  });

  await serve(handle, stage, { ssl: serverContext() });
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where, { ssl: clientContext(), serverHostname: "localhost" });
  await exchange(reader, writer, print);
  await close(writer);
}
