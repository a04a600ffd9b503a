import {
  coroutine,
  Event,
  getRunningLoop,
  OSError,
  openConnection,
  type StreamReader,
  type StreamWriter,
  startServer,
} from "asyncio-ts";
import type { Stage, Where } from "../case.ts";
import { authority, clientContext, identity, serverContext } from "../certificates.ts";
import { close, text } from "../serving.ts";

export async function server({ print, ready }: Stage): Promise<void> {
  const done = new Event();

  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    const { CN: name } = writer.getExtraInfo("peercert")!["subject"] as { CN: string };
    print("served", name, text(await reader.readLine()).trimEnd());
    writer.write("welcome\n");
    await close(writer);
    done.set();
  });

  const ssl = serverContext("server", { ca: authority(), requestCert: true });
  const listening = await startServer(handle, "127.0.0.1", 0, { ssl });
  getRunningLoop().setExceptionHandler(() => {});
  ready(listening.sockets[0]!.getSockName() as Where);
  await done.wait();
  listening.close();
}

export async function client({ print }: Stage, where: [string, number]): Promise<void> {
  const attempt = async (name: string | null): Promise<void> => {
    const ssl = clientContext(name === null ? {} : identity(name));
    try {
      const [reader, writer] = await openConnection(...where, { ssl, serverHostname: "localhost" });
      // In TLS 1.3 a client hears of it after its own handshake.
      writer.write(`I am ${name ?? "None"}\n`);
      const answer = await reader.readLine();
      writer.close();
      print(name, text(answer).trimEnd() || "refused");
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      print(name, "refused");
    }
  };

  await attempt(null);
  await attempt("stranger");
  await attempt("client");
}
