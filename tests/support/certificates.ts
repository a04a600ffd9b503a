// Certificates for tests, made on the spot: X.509 v3 with ECDSA on P-256, written in DER by hand.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  readonly commonName?: string;
  /** DNS names and IPv4 addresses that it is for. */
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY = 86_400_000;

/** An authority, whose certificate it has signed itself. */
export class Authority implements Identity {
  readonly cert: string;
  readonly key: string;
  private readonly name: string;
  private readonly privateKey: KeyObject;
  private readonly keyId: Buffer;

  constructor(name: string = "Test Authority") {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.name = name;
    this.privateKey = privateKey;
    this.key = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    this.keyId = keyIdOf(publicKey);
    this.cert = this.sign(name, publicKey, [basicConstraints(true), keyUsage(0x86, 1)], {});
  }

  /** A certificate for a server or a client. */
  issue(options: CertificateOptions = {}): Identity {
    const { names = ["localhost", "127.0.0.1"], commonName = names[0] ?? "nobody" } = options;
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const extensions = [basicConstraints(false), keyUsage(0x80, 7), subjectAltName(names)];
    const cert = this.sign(commonName, publicKey, extensions, options);
    return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
  }

  private sign(subject: string, publicKey: KeyObject, extensions: Buffer[], options: CertificateOptions): string {
    const { notBefore = new Date(Date.now() - DAY), notAfter = new Date(Date.now() + DAY) } = options;
    const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
    const body = sequence(
      tagged(0xa0, integer(Buffer.from([2]))),
      integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      algorithm,
      distinguishedName(this.name),
      sequence(time(notBefore), time(notAfter)),
      distinguishedName(subject),
      publicKey.export({ type: "spki", format: "der" }),
      tagged(0xa3, sequence(...extensions, ...keyIdentifiers(keyIdOf(publicKey), this.keyId))),
    );
    const signature = sign("sha256", body, this.privateKey);
    return pem("CERTIFICATE", sequence(body, algorithm, tagged(0x03, Buffer.from([0]), signature)));
  }
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g)!;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

// ---- DER

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\..*/g, "");
  return tagged(0x18, Buffer.from(`${digits}Z`)); // GeneralizedTime
}

function distinguishedName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("2.5.4.3"), tagged(0x0c, Buffer.from(name)))));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [tagged(0x01, Buffer.from([0xff]))] : [];
  return sequence(oid(id), ...flag, tagged(0x04, value));
}

function basicConstraints(isAuthority: boolean): Buffer {
  return extension("2.5.29.19", true, isAuthority ? sequence(tagged(0x01, Buffer.from([0xff]))) : sequence());
}

/** A bit string of one byte, of which the last `unused` bits do not count. */
function keyUsage(bits: number, unused: number): Buffer {
  return extension("2.5.29.15", true, tagged(0x03, Buffer.from([unused, bits])));
}

function keyIdOf(publicKey: KeyObject): Buffer {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha1").update(der).digest();
}

/** Strict verifiers want them. */
function keyIdentifiers(own: Buffer, authority: Buffer): Buffer[] {
  return [
    extension("2.5.29.14", false, tagged(0x04, own)),
    extension("2.5.29.35", false, sequence(tagged(0x80, authority))),
  ];
}

function subjectAltName(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    isIPv4(name) ? tagged(0x87, Buffer.from(name.split(".").map(Number))) : tagged(0x82, Buffer.from(name)),
  );
  return extension("2.5.29.17", false, sequence(...entries));
}
