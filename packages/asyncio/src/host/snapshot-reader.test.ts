import { describe, expect, it } from "vitest";
import { SnapshotReader } from "./snapshot-reader.ts";

const meta = {
  node_fields: ["type", "name", "id", "self_size", "edge_count", "detachedness"],
  node_types: [["hidden", "object"], "string", "number", "number", "number", "number"],
  edge_fields: ["type", "name_or_index", "to_node"],
  edge_types: [["element", "property"], "string_or_number", "node"],
};
const long = "x".repeat(100);
const strings = ["", "plain", 'a "quoted]" \\ one', "ünïcode\n", `p${long}`, "", "last"];

/** As V8 writes it: one line for each node, edge and string. */
const snapshot = [
  `{"snapshot":{"meta":${JSON.stringify(meta)},"node_count":3,"edge_count":4,"extra":1},`,
  '"nodes":[1,0,1,0,2,0\n,1,1,3,5000000000,0,0\n,0,6,5,16,2,0\n],',
  '"edges":[1,1,6\n,0,7,12\n,1,4,0\n,0,4294967295,6\n],',
  '"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[0,1,2,3],',
  `"strings":[${strings.map((text) => JSON.stringify(text)).join(",\n")}]}`,
].join("\n");

const read = (text: string, size: number) => {
  const asked: string[] = [];
  const reader = new SnapshotReader("alp", (each) => asked.push(each));
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return { graph: reader.end(), asked };
};

describe("SnapshotReader", () => {
  it.each([1, 2, 3, 7, 64, 100_000])("reads what comes in pieces of %i bytes", (size) => {
    const { graph, asked } = read(snapshot, size);
    expect(graph.nodeCount).toBe(3);
    expect([...graph.nodeType]).toEqual([1, 1, 0]);
    expect([...graph.nodeName]).toEqual([0, 1, 6]);
    expect([...graph.firstEdge]).toEqual([0, 2, 2, 4]);
    expect([...graph.edgeType]).toEqual([1, 0, 1, 0]);
    expect([...graph.edgeName]).toEqual([1, 7, 4, 4294967295]);
    expect([...graph.edgeTarget]).toEqual([1, 2, 0, 1]);
    expect(graph.nodeTypes).toEqual(["hidden", "object"]);
    expect(graph.edgeTypes).toEqual(["element", "property"]);
    // Strings with escapes matter to nobody; of long ones the beginning is shown.
    expect(asked).toEqual(["plain", `p${long}`.slice(0, 64), "last"]);
    expect([...graph.stringKind]).toEqual([0, 1, 0, 0, 2, 0, 3]);
  });

  it("reads any number of strings", () => {
    const many = Array.from({ length: 5000 }, (_, index) => `l${index}`);
    const text = `${snapshot.slice(0, snapshot.indexOf('"strings":[') + 11)}${many.map((each) => JSON.stringify(each))}]}`;
    const { graph, asked } = read(text, 1000);
    expect(asked).toEqual(many);
    expect(graph.stringKind).toHaveLength(5000);
    expect(graph.stringKind[4999]).toBe(5000 % 256);
  });

  it.each(["", "{}", '{"snapshot":{}', snapshot.slice(0, -3), snapshot.slice(0, 500)])(
    "refuses what is not all of a snapshot (%#)",
    (text) => {
      expect(() => read(text, 10)).toThrow(new RangeError("unknown form of heap snapshot"));
    },
  );
});
