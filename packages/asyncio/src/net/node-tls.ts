import { type NodeSocket, nodeModule } from "./node.ts";

/** `tls.TLSSocket`, as far as its making is concerned. */
export interface NodeTlsSocket extends NodeSocket {
  readonly authorizationError?: unknown;
  disableRenegotiation?(): void;
}

export interface NodeTls {
  connect(options: object): NodeTlsSocket;
  readonly TLSSocket: new (socket: NodeSocket, options: object) => NodeTlsSocket;
  createServer(options: object): {
    once(event: string, listener: (...args: never[]) => void): unknown;
    emit(event: "connection", socket: NodeSocket): boolean;
  };
  createSecureContext(options: object): object;
  checkServerIdentity(host: string, certificate: object): Error | undefined;
}

export function nodeTls(): NodeTls {
  return nodeModule<NodeTls>("tls", "TLS");
}
