import { describe, expect, it } from "vitest";
import { orderAddresses } from "./address-order.ts";

const dual = ["127.0.0.1", "::1", "192.0.2.7", "2001:db8::7", "fe80::7"];
const onlyIpv4 = ["127.0.0.1", "::1", "192.0.2.7", "fe80::7"];

describe("orderAddresses", () => {
  // The examples of RFC 6724, section 10.2, that a table of our own addresses can tell.
  it.each([
    ["IPv6 first, where there is IPv6", dual, ["198.51.100.1", "2001:db8:1::1"], ["2001:db8:1::1", "198.51.100.1"]],
    ["what cannot be reached last", onlyIpv4, ["2001:db8:1::1", "198.51.100.1"], ["198.51.100.1", "2001:db8:1::1"]],
    ["loopback", dual, ["127.0.0.1", "::1"], ["::1", "127.0.0.1"]],
    ["loopback without IPv6", ["127.0.0.1"], ["::1", "127.0.0.1"], ["127.0.0.1", "::1"]],
    ["the smaller scope", dual, ["2001:db8:1::1", "fe80::1"], ["fe80::1", "2001:db8:1::1"]],
    ["the longest prefix", dual, ["2001:db8:3ffe::1", "2001:db8::1"], ["2001:db8::1", "2001:db8:3ffe::1"]],
    ["6to4 last of IPv6", dual, ["2002:c633:6401::1", "2001:db8:1::1"], ["2001:db8:1::1", "2002:c633:6401::1"]],
    ["the server's order of IPv4", dual, ["203.0.113.1", "192.0.2.1"], ["203.0.113.1", "192.0.2.1"]],
    ["a private network's label", dual, ["fd00::1", "198.51.100.1"], ["198.51.100.1", "fd00::1"]],
    ["nothing to sort", dual, ["::1"], ["::1"]],
    ["without any own address", [], ["192.0.2.1", "2001:db8::1"], ["2001:db8::1", "192.0.2.1"]],
  ])("%s", (_, own, given, expected) => {
    expect(orderAddresses(given, own)).toEqual(expected);
  });
});
