// Certificates for the cases over TLS, in files, which both languages read.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SslContext, type SslContextOptions } from "asyncio-ts";
import { Authority } from "../support/certificates.ts";

const FOLDER = "CROSSWISE_CERTIFICATES";
const DAY = 86_400_000;

/** Makes them, and tells the programs of both languages where; gives what removes them again. */
export function makeCertificates(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "asyncio-ts-"));
  const authority = new Authority();
  const write = (name: string, { cert, key }: { cert: string; key: string }): void => {
    writeFileSync(join(folder, `${name}.pem`), cert);
    writeFileSync(join(folder, `${name}.key`), key);
  };
  write("authority", authority);
  write("server", authority.issue());
  write("client", authority.issue({ names: [], commonName: "somebody" }));
  write("stranger", new Authority("Somebody Else").issue());
  const notBefore = new Date(Date.now() - 2 * DAY);
  write("expired", authority.issue({ notBefore, notAfter: new Date(Date.now() - DAY) }));
  process.env[FOLDER] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

export function serverContext(name: string = "server", options: SslContextOptions = {}): SslContext {
  return new SslContext({ ...identity(name), ...options });
}

/** Trusts the authority. */
export function clientContext(options: SslContextOptions = {}): SslContext {
  return new SslContext({ ca: read("authority.pem"), ...options });
}

export function identity(name: string): { cert: string; key: string } {
  return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
}

export function authority(): string {
  return read("authority.pem");
}

function read(name: string): string {
  return readFileSync(join(process.env[FOLDER]!, name), "utf8");
}
