// The manner of Python's old asyncore, in fifty lines of Protocol: one object a connection, with methods that are called
// when something can be done, and a `send` that never waits.
import * as asyncio from "asyncio-ts";

// [dispatcher]
class Dispatcher extends asyncio.Protocol {
  static readonly map = new Set<Dispatcher>(); // asyncore's socket_map
  #transport: asyncio.Transport | null = null;

  override connectionMade(transport: asyncio.Transport): void {
    this.#transport = transport;
    Dispatcher.map.add(this);
    this.handleConnect();
  }

  override dataReceived(data: Uint8Array): void {
    this.handleRead(data);
  }

  override connectionLost(error: unknown): void {
    Dispatcher.map.delete(this);
    this.#transport = null;
    if (error !== null) this.handleError(error);
    this.handleClose();
  }

  override pauseWriting(): void {
    this.writable = false;
  }

  override resumeWriting(): void {
    this.writable = true;
    this.handleWrite();
  }

  writable = true;

  send(data: Uint8Array | string): void {
    this.#transport?.write(data);
  }

  close(): void {
    this.#transport?.close();
  }

  handleConnect(): void {}
  handleRead(_data: Uint8Array): void {}
  handleWrite(): void {}
  handleClose(): void {}
  handleError(error: unknown): void {
    console.log("error:", error);
  }
}
// [end]

/** asyncore's own example: asks for a page and prints how much came. */
class HttpClient extends Dispatcher {
  #received = 0;

  override handleConnect(): void {
    this.send("GET / HTTP/1.0\r\n\r\n");
  }

  override handleRead(data: Uint8Array): void {
    this.#received += data.length;
  }

  override handleClose(): void {
    console.log(`client: ${this.#received} bytes`);
  }
}

class HttpServer extends Dispatcher {
  override handleRead(data: Uint8Array): void {
    const [line] = new TextDecoder().decode(data).split("\r\n");
    console.log(`server: ${line}`);
    this.send(`HTTP/1.0 200 OK\r\n\r\n${"*".repeat(1000)}`);
    this.close(); // after what has been sent
  }
}

const loop = asyncio.getEventLoop();
const server = await loop.runUntilComplete(loop.createServer(() => new HttpServer(), "127.0.0.1", 0));
const [, port] = server.sockets[0]!.getSockName() as [string, number];
await loop.runUntilComplete(loop.createConnection(() => new HttpClient(), "127.0.0.1", port));

// asyncore.loop(): until nothing is left to do.
while (Dispatcher.map.size > 0) await loop.runUntilComplete(asyncio.sleep(0.01));
server.close();
await loop.runUntilComplete(server.waitClosed());
loop.close();
