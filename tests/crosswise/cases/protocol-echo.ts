import { type CoroutineGenerator, type Future, getRunningLoop, Protocol, type Transport } from "asyncio-ts";
import type { Print } from "../../../conformance/twin.ts";
import type { Stage } from "../case.ts";
import { serveProtocol, text } from "../serving.ts";

abstract class Talk extends Protocol {
  readonly done: Future<void> = getRunningLoop().createFuture();
  protected transport!: Transport;
  protected readonly print: Print;
  protected readonly name: string;

  constructor(print: Print, name: string) {
    super();
    this.print = print;
    this.name = name;
  }

  protected abstract answer(data: Uint8Array): void;

  override connectionMade(transport: Transport): void {
    this.print(this.name, "made", transport.isClosing());
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.print(this.name, "data", text(data));
    this.answer(data);
  }

  override eofReceived(): void {
    this.print(this.name, "eof");
  }

  override connectionLost(error: unknown): void {
    this.print(this.name, "lost", error, this.transport.isClosing());
    this.done.setResult();
  }
}

class Echo extends Talk {
  protected override answer(data: Uint8Array): void {
    this.transport.write(text(data).toUpperCase());
  }
}

class Ask extends Talk {
  private readonly questions = ["two", "three"];

  override connectionMade(transport: Transport): void {
    super.connectionMade(transport);
    transport.write("one");
  }

  protected override answer(): void {
    const question = this.questions.shift();
    if (question === undefined) this.transport.close();
    else this.transport.write(question);
  }
}

export function* server(stage: Stage): CoroutineGenerator<void> {
  yield* serveProtocol(() => new Echo(stage.print, "echo"), stage);
}

export function* client({ print }: Stage, where: [string, number]): CoroutineGenerator<void> {
  const [, protocol] = yield* getRunningLoop().createConnection(() => new Ask(print, "ask"), ...where);
  yield* protocol.done;
}
