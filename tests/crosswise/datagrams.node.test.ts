// UDP between this package and CPython, in both directions.
import { onDeno } from "../support/child-process.ts";
import * as udpClosed from "./cases/udp-closed.ts";
import * as udpEcho from "./cases/udp-echo.ts";
import * as udpManyPeers from "./cases/udp-many-peers.ts";
import { crosswise } from "./crosswise.ts";

await crosswise(
  "crosswise UDP",
  {
    "udp-echo": udpEcho,
    "udp-many-peers": udpManyPeers,
    // Deno does not tell what ICMP says.
    ...(!onDeno && { "udp-closed": udpClosed }),
  },
  new URL("./", import.meta.url),
);
