// Streams and protocols between this package and CPython, in both directions.
import * as addresses from "./cases/addresses.ts";
import * as bigDownload from "./cases/big-download.ts";
import * as bothWays from "./cases/both-ways.ts";
import * as bufferedProtocol from "./cases/buffered-protocol.ts";
import * as closeOrAbort from "./cases/close-or-abort.ts";
import * as closeServer from "./cases/close-server.ts";
import * as deadPeer from "./cases/dead-peer.ts";
import * as flowControl from "./cases/flow-control.ts";
import * as framing from "./cases/framing.ts";
import * as halfClose from "./cases/half-close.ts";
import * as handlerError from "./cases/handler-error.ts";
import * as incomplete from "./cases/incomplete.ts";
import * as lateLine from "./cases/late-line.ts";
import * as limits from "./cases/limits.ts";
import * as lineEcho from "./cases/line-echo.ts";
import * as manyClients from "./cases/many-clients.ts";
import * as manyWriters from "./cases/many-writers.ts";
import * as options from "./cases/options.ts";
import * as protocolEcho from "./cases/protocol-echo.ts";
import * as protocolEof from "./cases/protocol-eof.ts";
import * as reset from "./cases/reset.ts";
import * as switchProtocol from "./cases/switch-protocol.ts";
import * as unix from "./cases/unix.ts";
import { crosswise } from "./crosswise.ts";

await crosswise(
  "crosswise streams",
  {
    addresses,
    "big-download": bigDownload,
    "both-ways": bothWays,
    "buffered-protocol": bufferedProtocol,
    "close-or-abort": closeOrAbort,
    "close-server": closeServer,
    "dead-peer": deadPeer,
    "flow-control": flowControl,
    framing,
    "half-close": halfClose,
    "handler-error": handlerError,
    incomplete,
    "late-line": lateLine,
    limits,
    "line-echo": lineEcho,
    "many-clients": manyClients,
    "many-writers": manyWriters,
    options,
    "protocol-echo": protocolEcho,
    "protocol-eof": protocolEof,
    reset,
    "switch-protocol": switchProtocol,
    unix,
  },
  new URL("./", import.meta.url),
);
