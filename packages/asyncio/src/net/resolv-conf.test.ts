import { describe, expect, it } from "vitest";
import { hasOtherSources, parseResolvConf, searchNames } from "./resolv-conf.ts";

describe("parseResolvConf", () => {
  it("has the C library's defaults", () => {
    expect(parseResolvConf("")).toEqual({ search: [], ndots: 1, timeout: 5, attempts: 2 });
  });

  it("takes the last of search and domain, and bounds the options", () => {
    const text =
      "# comment\nnameserver 192.0.2.1\ndomain a.test\nsearch b.test  c.test ; rest\noptions ndots:99 timeout:0\n";
    expect(parseResolvConf(`${text}options attempts:3 rotate edns0 timeout:x`)).toEqual({
      search: ["b.test", "c.test"],
      ndots: 15,
      timeout: 1,
      attempts: 3,
    });
    expect(parseResolvConf("search a b\ndomain c.test d\n").search).toEqual(["c.test"]);
    expect(parseResolvConf("search .\n").search).toEqual([]);
  });
});

describe("searchNames", () => {
  it.each([
    ["host", 1, ["host.x", "host.y", "host"]],
    ["host.", 1, ["host."]],
    ["a.b", 1, ["a.b", "a.b.x", "a.b.y"]],
    ["a.b", 2, ["a.b.x", "a.b.y", "a.b"]],
    ["host", 0, ["host", "host.x", "host.y"]],
  ])("%s with ndots %i", (name, ndots, expected) => {
    expect(searchNames(name, ["x", "y"], ndots)).toEqual(expected);
  });
});

describe("hasOtherSources", () => {
  it.each([
    ["", false],
    ["hosts: files dns", false],
    ["passwd: systemd\nhosts:\tfiles dns # mdns", false],
    ["hosts: files mdns4_minimal [NOTFOUND=return] dns", true],
    ["hosts: files [!UNAVAIL=return] dns", false],
    ["hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns", true],
  ])("%j", (text, expected) => {
    expect(hasOtherSources(text)).toBe(expected);
  });
});
