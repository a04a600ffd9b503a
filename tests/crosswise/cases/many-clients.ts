import { coroutine, gather, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

const CLIENTS = 200;

export async function server(stage: Stage): Promise<void> {
  let total = 0;

  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    for await (const line of reader) {
      total += Number(text(line));
      writer.write(`${Number(text(line)) * 2}\n`);
      await writer.drain();
    }
    await close(writer);
  });

  await serve(handle, stage, { connections: CLIENTS });
  stage.print(total);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const ask = coroutine(async (number: number) => {
    const [reader, writer] = await openConnection(...where);
    const answers: number[] = [];
    for (let i = 0; i < 3; i++) {
      writer.write(`${number}\n`);
      answers.push(Number(text(await reader.readLine())));
    }
    await close(writer);
    return answers.every((answer) => answer === number * 2);
  });

  const all = await gather(Array.from({ length: CLIENTS }, (_, number) => ask(number)));
  print(all.filter((each) => each).length);
}
