import {
  Event,
  getRunningLoop,
  openConnection,
  type StreamReader,
  type StreamWriter,
  sleep,
  startServer,
} from "asyncio-ts";
import { kind } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { close, text } from "../serving.ts";

export async function server({ print, ready }: Stage): Promise<void> {
  const reported = new Event();

  async function handle(reader: StreamReader, writer: StreamWriter): Promise<void> {
    await reader.readLine();
    writer.write("before\n");
    throw new RangeError("the handler failed");
  }

  getRunningLoop().setExceptionHandler((_loop, context) => {
    print("reported", kind(context.exception), (context.exception as Error).message);
    reported.set();
  });
  const server = await startServer(handle, "127.0.0.1", 0);
  ready(server.sockets[0]!.getSockName() as Where);
  await reported.wait();
  await sleep(0.01);
  server.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  writer.write("hello\n");
  print(text(await reader.read()).trimEnd(), reader.atEof());
  await close(writer);
}
