import { coroutine, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { clientContext, serverContext } from "../certificates.ts";
import { close, serve, text } from "../serving.ts";

export async function server(stage: Stage): Promise<void> {
  const { print } = stage;
  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    writer.write("220 ready\n");
    print(text(await reader.readLine()).trimEnd());
    writer.write("220 go ahead\n");
    await writer.startTls(serverContext());
    print(writer.getExtraInfo("cipher")![1], writer.canWriteEof());
    for await (const line of reader) {
      print("secure", text(line).trimEnd());
      writer.write(text(line).toUpperCase());
    }
    await close(writer);
  });

  await serve(handle, stage);
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const [reader, writer] = await openConnection(...where);
  print(text(await reader.readLine()).trimEnd(), writer.canWriteEof());
  writer.write("STARTTLS\n");
  print(text(await reader.readLine()).trimEnd());
  const ssl = clientContext();
  await writer.startTls(ssl, { serverHostname: "localhost" });
  print(writer.getExtraInfo("sslContext") === ssl, writer.canWriteEof());
  for (const line of ["one\n", "two\n"]) {
    writer.write(line);
    await writer.drain();
    print(text(await reader.readLine()).trimEnd());
  }
  await close(writer);
}
