// What streams infer and accept.
import {
  type Address,
  asyncWith,
  type Coroutine,
  type CoroutineGenerator,
  coroutine,
  each,
  openConnection,
  openUnixConnection,
  type Server,
  type StreamReader,
  type StreamWriter,
  startServer,
  startUnixServer,
} from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;

export async function native(): Promise<void> {
  const [reader, writer] = await openConnection("localhost", 80, { limit: 1024, happyEyeballsDelay: 0.25 });
  is<Equal<typeof reader, StreamReader>>();
  is<Equal<typeof writer, StreamWriter>>();
  const data = await reader.read();
  is<Equal<typeof data, Uint8Array>>();
  for await (const line of reader) is<Equal<typeof line, Uint8Array>>();
  const peer = writer.getExtraInfo("peername");
  is<Equal<typeof peer, Address>>();
  const same = await asyncWith(writer, async (inside) => inside);
  is<Equal<typeof same, StreamWriter>>();
  // @ts-expect-error no data
  writer.write(5);
  // @ts-expect-error a number of bytes
  void reader.readExactly("5");
}

export function* generator(): CoroutineGenerator<void> {
  const [reader, writer] = yield* openUnixConnection("/tmp/socket");
  const line = yield* reader.readUntil(["\r\n", new Uint8Array(1)]);
  is<Equal<typeof line, Uint8Array>>();
  const drained = yield* writer.drain();
  is<Equal<typeof drained, void>>();
  yield* each(reader, function* (bytes) {
    const same = bytes;
    is<Equal<typeof same, Uint8Array>>();
  });
}

const server = startServer(native, null, 8080, { backlog: 5, limit: 10 });
is<Equal<typeof server, Coroutine<Server>>>();
void startServer(generator, ["localhost", "127.0.0.2"], "http");
void startServer((reader, writer) => is<Equal<typeof reader, StreamReader> & Equal<typeof writer, StreamWriter>>());
void startUnixServer(coroutine(native), "/tmp/socket");
void startUnixServer((_reader: StreamReader, writer: StreamWriter) => coroutine(native)().then(() => writer.close()));
// @ts-expect-error no handler
void startServer("handler", null, 80);
