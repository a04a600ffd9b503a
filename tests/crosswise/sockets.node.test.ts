// The loop's own socket operations between this package and CPython, in both directions.
import * as sockEcho from "./cases/sock-echo.ts";
import * as sockPackets from "./cases/sock-packets.ts";
import { crosswise } from "./crosswise.ts";

await crosswise(
  "crosswise sockets",
  { "sock-echo": sockEcho, "sock-packets": sockPackets },
  new URL("./", import.meta.url),
);
