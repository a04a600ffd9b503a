// An echo server and its client as protocols: the transport calls, the program answers. Nothing here is asynchronous
// but the two calls that make the connections.
import * as asyncio from "asyncio-ts";

class Echo extends asyncio.Protocol {
  #transport!: asyncio.Transport;

  override connectionMade(transport: asyncio.Transport): void {
    this.#transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.#transport.write(data); // never waits; what the peer does not read is buffered
  }

  // A peer that does not read is not read from: the buffer stays at the high-water mark.
  override pauseWriting(): void {
    this.#transport.pauseReading();
  }

  override resumeWriting(): void {
    this.#transport.resumeReading();
  }
}

class Client extends asyncio.Protocol {
  readonly closed = asyncio.getRunningLoop().createFuture<void>();
  #received = "";

  override connectionMade(transport: asyncio.Transport): void {
    console.log("connected");
    transport.write("Hello ");
    transport.write("World!");
    transport.writeEof(); // nothing more to say; the answer still comes
  }

  override dataReceived(data: Uint8Array): void {
    this.#received += new TextDecoder().decode(data);
  }

  override eofReceived(): void {
    console.log("received:", this.#received);
  }

  override connectionLost(error: unknown): void {
    console.log("closed,", error === null ? "in order" : error);
    this.closed.setResult();
  }
}

const main = asyncio.coroutine(async () => {
  const loop = asyncio.getRunningLoop();
  const server = await loop.createServer(() => new Echo(), "127.0.0.1", 0);
  const [, port] = server.sockets[0]!.getSockName() as [string, number];

  const [, client] = await loop.createConnection(() => new Client(), "127.0.0.1", port);
  await client.closed;

  server.close();
  await server.waitClosed();
});

await asyncio.run(main());
