import { describe, expect, it } from "vitest";
import { formatIp, hostWithScope, parseIp } from "./ip-address.ts";

describe("parseIp", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["1.2.3", "1.2.0.3"],
    ["2130706433", "127.0.0.1"],
    ["0x7f000001", "127.0.0.1"],
    ["0177.0.0.01", "127.0.0.1"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["1::", "1::"],
    ["::ffff:1.2.3.4", "::ffff:1.2.3.4"],
    ["::ffff:102:304", "::ffff:1.2.3.4"],
    ["::1.2.3.4", "::1.2.3.4"],
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
  ])("%s is %s", (text, plain) => {
    expect(formatIp(parseIp(text)!.bytes)).toBe(plain);
  });

  it.each(
    [
      ["", "1.2.3.4.5", "1.2.3.256", "1.2.3.4.", "1..2", "4294967296", "08", "0x", "a.b.c.d", "1.2.3.4 ", "-1"],
      [":", ":::", "1:2:3", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::1.2.3", "::01.2.3.4", "[::1]", "g::"],
      ["1:2:3:4:5:6:7::8", "::1.2.3.4:5", "::1%", "::1%no/such"],
    ].flat(),
  )("'%s' is none", (text) => {
    expect(parseIp(text)).toBeNull();
  });

  it("knows the scope of a link-local address, and writes it back as the system takes it", () => {
    expect(parseIp("fe80::1%7")!.scope).toBe(7);
    expect(hostWithScope(["fe80::1", 80, 0, 0])).toBe("fe80::1");
    expect(hostWithScope(["127.0.0.1", 80])).toBe("127.0.0.1");
    expect(hostWithScope(["fe80::1", 80, 0, 123456])).toBe("fe80::1%123456");
    if (process.platform !== "linux") return;
    expect(parseIp("fe80::1%lo")!.scope).toBe(1);
    expect(hostWithScope(["fe80::1", 80, 0, 1])).toBe("fe80::1%lo");
    expect(parseIp("fe80::1%nosuch")).toBeNull();
  });
});
