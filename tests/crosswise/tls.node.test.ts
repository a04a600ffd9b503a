// TLS between this package and CPython, in both directions.
import { afterAll } from "vitest";
import * as tlsBig from "./cases/tls-big.ts";
import * as tlsCertificates from "./cases/tls-certificates.ts";
import * as tlsClients from "./cases/tls-clients.ts";
import * as tlsEcho from "./cases/tls-echo.ts";
import * as tlsProtocol from "./cases/tls-protocol.ts";
import * as tlsUpgrade from "./cases/tls-upgrade.ts";
import * as tlsUpgradeProtocol from "./cases/tls-upgrade-protocol.ts";
import { makeCertificates } from "./certificates.ts";
import { crosswise } from "./crosswise.ts";

afterAll(makeCertificates());

await crosswise(
  "crosswise TLS",
  {
    "tls-echo": tlsEcho,
    "tls-protocol": tlsProtocol,
    "tls-big": tlsBig,
    "tls-certificates": tlsCertificates,
    "tls-clients": tlsClients,
    "tls-upgrade": tlsUpgrade,
    "tls-upgrade-protocol": tlsUpgradeProtocol,
  },
  new URL("./", import.meta.url),
);
