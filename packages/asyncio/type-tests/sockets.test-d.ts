// What the methods for sockets of the program's own infer and refuse.
import type { Address, Coroutine, EventLoop } from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;

interface Connection {
  readonly remotePort: number;
}

export function all(loop: EventLoop, socket: object): void {
  const received = loop.sockRecv(socket, 10);
  is<Equal<typeof received, Coroutine<Uint8Array>>>();
  const packet = loop.sockRecvFrom(socket, 10);
  is<Equal<typeof packet, Coroutine<[data: Uint8Array, address: Address]>>>();
  const plain = loop.sockAccept(socket);
  is<Equal<typeof plain, Coroutine<[connection: object, address: Address]>>>();
  const typed = loop.sockAccept<Connection>(socket);
  is<Equal<typeof typed, Coroutine<[connection: Connection, address: Address]>>>();
  void loop.sockRecvInto(socket, new DataView(new ArrayBuffer(8)));
  void loop.sockSendTo(socket, "x", ["::1", 9, 0, 2]);
  loop.addReader(socket, (name: string, count: number) => `${name}${count}`, "x", 5);
  // @ts-expect-error the callback wants a number
  loop.addReader(socket, (count: number) => count, "x");
  // @ts-expect-error no socket
  void loop.sockRecv(5, 10);
  // @ts-expect-error nowhere
  void loop.sockConnect(socket, null);
}
