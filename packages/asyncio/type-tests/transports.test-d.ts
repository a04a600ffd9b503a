// What connections and servers infer.
import {
  type Address,
  BufferedProtocol,
  type Coroutine,
  type CoroutineGenerator,
  EventLoop,
  Protocol,
  type Server,
  type StaggeredRaceResult,
  sleep,
  staggeredRace,
  type Transport,
} from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;

class Client extends Protocol {
  readonly answers: string[] = [];
}

const loop = new EventLoop();
const connecting = loop.createConnection(() => new Client(), "localhost", 80, { happyEyeballsDelay: "250ms" });
is<Equal<typeof connecting, Coroutine<[transport: Transport, protocol: Client]>>>();
const unix = loop.createUnixConnection(() => new BufferedProtocol(), "/tmp/socket");
is<Equal<typeof unix, Coroutine<[transport: Transport, protocol: BufferedProtocol]>>>();
const server = loop.createServer(() => new Client(), ["localhost", "127.0.0.2"], "http");
is<Equal<typeof server, Coroutine<Server>>>();

export async function both(): Promise<void> {
  const [transport, protocol] = await connecting;
  is<Equal<typeof protocol.answers, string[]>>();
  const peer = transport.getExtraInfo("peername");
  is<Equal<typeof peer, Address>>();
  is<Equal<Awaited<ReturnType<typeof loop.sendFile>>, number>>();
  // @ts-expect-error a server's certificate is needed
  void loop.createServer(() => new Client(), null, 443, { ssl: true });
  // @ts-expect-error no data
  transport.write(5);
}

export function* generator(): CoroutineGenerator<void> {
  const [, protocol] = yield* connecting;
  is<Equal<typeof protocol, Client>>();
}

const raced = staggeredRace([() => sleep(1, "a"), () => sleep(1, "b")], "1s");
is<Equal<typeof raced, Coroutine<StaggeredRaceResult<string>>>>();
