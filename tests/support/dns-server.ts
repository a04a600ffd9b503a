// A name server on this machine: it answers from a table, or not at all.
import { createSocket, type Socket } from "node:dgram";

export interface DnsRecord {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly cname?: string;
  readonly ptr?: string;
  /** `"SERVFAIL"`: an error; `"silent"`: no answer. */
  readonly fails?: "SERVFAIL" | "silent";
}

export interface DnsServer {
  /** For `DnsResolver`'s `servers`. */
  readonly address: string;
  /** What was asked so far: `"A name"`. */
  readonly questions: string[];
  /** Resolves with the next question. */
  asked(): Promise<void>;
  close(): void;
}

const types: Readonly<Record<number, string>> = { 1: "A", 5: "CNAME", 12: "PTR", 28: "AAAA" };

/** Names that are not in the table do not exist; null: the server never answers. */
export async function startDnsServer(records: Readonly<Record<string, DnsRecord>> | null): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const questions: string[] = [];
  let waiters: (() => void)[] = [];
  socket.on("message", (message, { port, address }) => {
    const { name, type, end } = readQuestion(message);
    questions.push(`${types[type]} ${name}`);
    for (const wake of waiters.splice(0)) wake();
    const record = records?.[name];
    if (records === null || record?.fails === "silent") return;
    const code = record === undefined ? 3 : record.fails === "SERVFAIL" ? 2 : 0;
    const answers = record === undefined ? [] : answersOf(record, type);
    const header = Buffer.from([0, 0, 0x81, 0x80 | code, 0, 1, 0, answers.length, 0, 0, 0, 0]);
    message.copy(header, 0, 0, 2);
    socket.send(Buffer.concat([header, message.subarray(12, end), ...answers]), port, address);
  });
  const port = await bind(socket);
  return {
    address: `127.0.0.1:${port}`,
    questions,
    asked: () => new Promise((resolve) => waiters.push(resolve)),
    close() {
      waiters = [];
      socket.close();
    },
  };
}

function bind(socket: Socket): Promise<number> {
  return new Promise((resolve) => socket.bind(0, "127.0.0.1", () => resolve(socket.address().port)));
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (message[at]! > 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + message[at]!));
    at += message[at]! + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answersOf({ a = [], aaaa = [], cname, ptr }: DnsRecord, type: number): Buffer[] {
  if (type === 1) return a.map((text) => answer(1, Buffer.from(text.split(".").map(Number))));
  if (type === 28) return aaaa.map((text) => answer(28, Buffer.from(text.split(":").join(""), "hex")));
  if (type === 5 && cname !== undefined) return [answer(5, encodeName(cname))];
  if (type === 12 && ptr !== undefined) return [answer(12, encodeName(ptr))];
  return [];
}

function answer(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}

function encodeName(name: string): Buffer {
  const parts = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}
