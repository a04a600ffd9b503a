import { formatIp, parseIp } from "./ip-address.ts";
import type { NodeSocket } from "./node.ts";
import type { Address } from "./protocol.ts";
import type { ExtraInfo } from "./transport.ts";

/** The parts of a TLS socket that tell about the connection. */
interface SecureSocket extends NodeSocket {
  getPeerCertificate?(detailed?: boolean): Readonly<Record<string, unknown>> | null;
  getCipher?(): { readonly name: string; readonly version: string; readonly bits?: number } | null | undefined;
}

/** What can be asked of a socket at any time; who makes a transport may know more. */
export function socketInfo(socket: NodeSocket, key: string): unknown {
  if (key === "socket") return socket;
  if (socket.encrypted !== true) return undefined;
  const secure = socket as SecureSocket;
  switch (key) {
    case "sslObject":
      return socket;
    case "peercert": {
      const certificate = secure.getPeerCertificate?.();
      return certificate === null || certificate === undefined || Object.keys(certificate).length === 0
        ? undefined
        : certificate;
    }
    case "cipher": {
      const cipher = secure.getCipher?.();
      return cipher === undefined || cipher === null
        ? undefined
        : [cipher.name, cipher.version, cipher.bits ?? keyBits(cipher.name)];
    }
    default:
      return undefined;
  }
}

/** Runtimes do not tell, the names do. */
function keyBits(cipher: string): number | null {
  if (/AES_?256|CHACHA20/.test(cipher)) return 256;
  return /AES_?128/.test(cipher) ? 128 : null;
}

/** Both addresses of a connected socket: asked for while it is open, since a closed one has none. */
export function socketAddresses(socket: NodeSocket): Partial<ExtraInfo> {
  const peername = toAddress(socket.remoteAddress, socket.remoteFamily, socket.remotePort);
  const sockname = toAddress(socket.localAddress, socket.localFamily, socket.localPort);
  return { ...(peername !== null && { peername }), ...(sockname !== null && { sockname }) };
}

/** An address as Python has it: IPv6 with flow and scope. */
export function toAddress(
  host: string | undefined,
  family: string | number | undefined,
  port: number | undefined,
): Address {
  if (host === undefined || port === undefined) return null;
  if (family !== "IPv6" && family !== 6) return [host, port];
  const scoped = host.includes("%") ? parseIp(host) : null;
  return scoped === null ? [host, port, 0, 0] : [formatIp(scoped.bytes), port, 0, scoped.scope];
}
