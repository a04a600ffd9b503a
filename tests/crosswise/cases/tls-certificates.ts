import {
  coroutine,
  Event,
  getRunningLoop,
  OSError,
  openConnection,
  SslCertVerificationError,
  type SslContext,
  SslError,
  type StreamReader,
  type StreamWriter,
  startServer,
} from "asyncio-ts";
import type { Stage, Where } from "../case.ts";
import { clientContext, identity, serverContext } from "../certificates.ts";
import { close, text } from "../serving.ts";

type FourPlaces = readonly [host: string, port: number, oldHost: string, oldPort: number];

export async function server({ print, ready }: Stage): Promise<void> {
  const done = new Event();

  const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
    if (text(await reader.readLine()) === "thanks\n") {
      print("served");
      done.set();
    }
    await close(writer);
  });
  const expired = coroutine(async (_: StreamReader, writer: StreamWriter) => {
    await close(writer);
  });

  const good = await startServer(handle, "127.0.0.1", 0, { ssl: serverContext() });
  const old = await startServer(expired, "127.0.0.1", 0, { ssl: serverContext("expired") });
  getRunningLoop().setExceptionHandler(() => {});
  const names = [good, old].flatMap(({ sockets }) => sockets[0]!.getSockName() as readonly (string | number)[]);
  ready(names as unknown as Where);
  await done.wait();
  good.close();
  old.close();
}

export async function client({ print }: Stage, where: FourPlaces): Promise<void> {
  const [host, port, , oldPort] = where;

  const attempt = async (what: string, at: number, ssl: SslContext, serverHostname: string): Promise<void> => {
    let streams: [StreamReader, StreamWriter];
    try {
      streams = await openConnection(host, at, { ssl, serverHostname });
    } catch (error) {
      if (!(error instanceof SslCertVerificationError)) throw error;
      print(what, error.reason, error instanceof SslError, error instanceof OSError);
      return;
    }
    const [reader, writer] = streams;
    print(what, "connected");
    writer.write("thanks\n");
    await reader.read();
    await close(writer);
  };

  await attempt("stranger", port, clientContext({ ca: identity("stranger").cert }), "localhost");
  await attempt("unknown", port, clientContext({ ca: [] }), "localhost");
  await attempt("other name", port, clientContext(), "example.org");
  await attempt("other address", port, clientContext(), "127.0.0.2");
  await attempt("expired", oldPort, clientContext(), "localhost");
  await attempt("any name", port, clientContext({ checkHostname: false }), "example.org");
}
