import { Socket } from "node:net";
import {
  AF_INET,
  type CoroutineGenerator,
  Event,
  openConnection,
  type StreamReader,
  type StreamWriter,
  startServer,
} from "asyncio-ts";
import { kind } from "../../../conformance/twin.ts";
import type { Stage, Where } from "../case.ts";
import { close, text } from "../serving.ts";

export function* server({ print, ready }: Stage): CoroutineGenerator<void> {
  const done = new Event();

  function* handle(reader: StreamReader, writer: StreamWriter): CoroutineGenerator<void> {
    print(text(yield* reader.readLine()).trimEnd());
    yield* close(writer);
    done.set();
  }

  const server = yield* startServer(handle, ["127.0.0.1"], 0, { backlog: 1, startServing: false });
  print(server.isServing(), server.sockets.length);
  yield* server.startServing();
  print(server.isServing());
  ready(server.sockets[0]!.getSockName() as Where);
  yield* done.wait();
  server.close();
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  for (const attempt of [
    () => openConnection(),
    () => openConnection("127.0.0.1", 1, { sock: new Socket() }),
    () => openConnection(...where, { serverHostname: "somebody" }),
    () => openConnection(...where, { sslHandshakeTimeout: 3 }),
  ]) {
    try {
      yield* attempt();
    } catch (error) {
      print(kind(error));
    }
  }
  const [reader, writer] = yield* openConnection("localhost", where[1], {
    family: AF_INET,
    localAddr: ["127.0.0.1", 0],
  });
  print((writer.getExtraInfo("sockname") as readonly [string, number])[0]);
  writer.write("hello\n");
  print((yield* reader.read()).length);
  yield* close(writer);
}
