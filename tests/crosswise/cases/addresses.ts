import { coroutine, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { close, serve, text } from "../serving.ts";

type Internet = readonly [host: string, port: number];

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
    const [host, port] = writer.getExtraInfo("peername") as Internet;
    const [ownHost, ownPort] = writer.getExtraInfo("sockname") as Internet;
    stage.print(host, port > 0, ownHost, writer.getExtraInfo("no such thing"));
    writer.write(`${host} ${port} ${ownPort}\n`);
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  const [host, port] = writer.getExtraInfo("sockname") as Internet;
  const told = text(await reader.readLine()).trim();
  const peername = writer.getExtraInfo("peername") as Internet;
  print(told === `${host} ${port} ${where[1]}`, peername.join() === where.join());
  print(writer.getExtraInfo("sslcontext"), writer.getExtraInfo("peercert", "none"));
  await close(writer);
}
