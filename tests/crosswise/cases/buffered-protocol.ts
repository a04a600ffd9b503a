import { BufferedProtocol, type CoroutineGenerator, type Future, getRunningLoop, openConnection } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { serveProtocol, text } from "../serving.ts";

class Buffered extends BufferedProtocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  private readonly memory = new Uint8Array(7);
  private all: string = "";
  private most: number = 0;
  private readonly print: Print;

  constructor(print: Print) {
    super();
    this.print = print;
  }

  override getBuffer(): Uint8Array {
    return this.memory;
  }

  override bufferUpdated(count: number): void {
    this.most = Math.max(this.most, count);
    this.all += text(this.memory.subarray(0, count));
  }

  override eofReceived(): void {
    this.print("eof", this.most, this.all);
  }

  override connectionLost(error: unknown): void {
    this.print("lost", error);
    this.done.setResult();
  }
}

export function* server(stage: Stage): CoroutineGenerator<void> {
  yield* serveProtocol(() => new Buffered(stage.print), stage);
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [reader, writer] = yield* openConnection(...where);
  writer.write("a sentence that is longer than seven bytes");
  writer.writeEof();
  print((yield* reader.read()).length);
  writer.close();
}
