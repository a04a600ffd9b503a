import type { TLSSocket } from "node:tls";
import { coroutine, openConnection, type StreamReader, type StreamWriter } from "asyncio-ts";
import type { Stage } from "../case.ts";
import { clientContext, serverContext } from "../certificates.ts";
import { close, serve, text } from "../serving.ts";

function agreedProtocol(writer: StreamWriter): unknown {
  return (writer.getExtraInfo("sslObject") as TLSSocket).alpnProtocol;
}

export async function server(stage: Stage): Promise<void> {
  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    stage.print(agreedProtocol(writer), writer.canWriteEof());
    for await (const line of reader) {
      stage.print("line", text(line).trimEnd());
      writer.write(text(line).toUpperCase());
      await writer.drain();
    }
    stage.print("end", reader.atEof());
    await close(writer);
  });

  const ssl = serverContext("server", { ALPNProtocols: ["echo/1", "echo/2"] });
  await serve(handle, stage, { ssl });
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const ssl = clientContext({ ALPNProtocols: ["echo/3", "echo/2"] });
  const [reader, writer] = await openConnection(...where, { ssl, serverHostname: "localhost" });
  const [, version, bits] = writer.getExtraInfo("cipher")!;
  print(version, bits! >= 128, writer.getExtraInfo("compression"));
  print(writer.getExtraInfo("sslContext") === ssl, String(writer.getExtraInfo("peername")) === String(where));
  print(agreedProtocol(writer), writer.canWriteEof());
  for (const line of ["hello", "world", "", "the last"]) {
    writer.write(`${line}\n`);
    await writer.drain();
    print(text(await reader.readLine()).trimEnd());
  }
  await close(writer);
}
