/** Who refers to whom in a heap. Nodes and edges are numbers; the edges of node n are `firstEdge[n]` to `firstEdge[n + 1]`. */
export interface HeapGraph {
  readonly nodeCount: number;
  readonly nodeType: Uint8Array;
  /** The number of a string. */
  readonly nodeName: Uint32Array;
  readonly firstEdge: Uint32Array;
  readonly edgeType: Uint8Array;
  /** Of an element its index, of others the number of a string. */
  readonly edgeName: Uint32Array;
  readonly edgeTarget: Uint32Array;
  /** What the types are called. */
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  /** Of each string what the reader was told of it. */
  readonly stringKind: Uint8Array;
}

/** Tells of a string (of its first 64 characters) which kind it is; 0 for those that do not matter. */
export type KindOf = (text: string) => number;

interface Header {
  readonly node_count: number;
  readonly edge_count: number;
  readonly meta: {
    readonly node_fields: readonly string[];
    readonly edge_fields: readonly string[];
    readonly node_types: readonly unknown[];
    readonly edge_types: readonly unknown[];
  };
}

const NODES = '"nodes":[';
const EDGES = '"edges":[';
const STRINGS = '"strings":[';

const [QUOTE, BACKSLASH, BRACKET, ZERO, NINE] = ['"', "\\", "]", "0", "9"].map((text) => text.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/**
 * Reads V8's heap snapshots, a JSON text, as it is written: a header, flat arrays of numbers for nodes and edges, and at
 * its end the strings that those refer to. Of these only their kinds are kept.
 */
export class SnapshotReader {
  private readonly kindOf: KindOf;
  /** The bytes that strings begin with of which `kindOf` wants to know. */
  private readonly beginnings: Uint8Array = new Uint8Array(256);
  /** Takes what is left of a chunk from `at` on; returns where the next section begins. */
  private section: (chunk: Uint8Array, at: number) => number = this.readHeader;
  private header: Header | null = null;
  private headerText: string = "";
  /** How much of the text that a section begins with has been seen. */
  private matched: number = 0;

  // The number that is being read: its digits so far, −1 between numbers; and which field of which item it is.
  private value: number = -1;
  private field: number = 0;
  private item: number = 0;

  private nodeType: Uint8Array = new Uint8Array(0);
  private nodeName: Uint32Array = new Uint32Array(0);
  private firstEdge: Uint32Array = new Uint32Array(1);
  private edgeType: Uint8Array = new Uint8Array(0);
  private edgeName: Uint32Array = new Uint32Array(0);
  private edgeTarget: Uint32Array = new Uint32Array(0);

  private inString: boolean = false;
  private escaped: boolean = false;
  private stringCount: number = 0;
  private stringKind: Uint8Array = new Uint8Array(1024);
  /** The string that is being read, and how much of it there is; −1 when it does not matter. */
  private readonly bytes: Uint8Array = new Uint8Array(64);
  private length: number = 0;

  /** `beginnings` are the characters that strings begin with of which `kindOf` is to be asked. */
  constructor(beginnings: string, kindOf: KindOf) {
    for (const each of beginnings) this.beginnings[each.charCodeAt(0)] = 1;
    this.kindOf = kindOf;
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) at = this.section(chunk, at);
  }

  /** What has been read. Throws `RangeError` when that is not a whole snapshot of the form that is known. */
  end(): HeapGraph {
    const { header } = this;
    if (header === null || this.section !== this.readRest) throw new RangeError("unknown form of heap snapshot");
    return {
      nodeCount: header.node_count,
      nodeType: this.nodeType,
      nodeName: this.nodeName,
      firstEdge: this.firstEdge,
      edgeType: this.edgeType,
      edgeName: this.edgeName,
      edgeTarget: this.edgeTarget,
      nodeTypes: header.meta.node_types[0] as string[],
      edgeTypes: header.meta.edge_types[0] as string[],
      stringKind: resized(this.stringKind, this.stringCount),
    };
  }

  // ---- sections, in the order of the file

  private readHeader(chunk: Uint8Array, at: number): number {
    const end = this.find(NODES, chunk, at);
    let text = "";
    for (let i = at; i < end; i++) text += String.fromCharCode(chunk[i]!);
    this.headerText += text;
    if (this.matched < NODES.length) return end;
    const json = this.headerText.slice(0, -NODES.length).trimEnd().replace(/,$/, "}");
    this.header = (JSON.parse(json) as { readonly snapshot: Header }).snapshot;
    const { node_count: nodes, edge_count: edges } = this.header;
    this.nodeType = new Uint8Array(nodes);
    this.nodeName = new Uint32Array(nodes);
    this.firstEdge = new Uint32Array(nodes + 1);
    this.edgeType = new Uint8Array(edges);
    this.edgeName = new Uint32Array(edges);
    this.edgeTarget = new Uint32Array(edges);
    return this.begin(this.readNodes, end);
  }

  private readNodes(chunk: Uint8Array, start: number): number {
    const { nodeType, nodeName, firstEdge } = this;
    const columns = { type: nodeType, name: nodeName, edge_count: firstEdge.subarray(1) };
    const at = this.readTable(chunk, start, this.header!.meta.node_fields, columns);
    if (at === chunk.length) return at;
    for (let i = 1; i < firstEdge.length; i++) firstEdge[i]! += firstEdge[i - 1]!;
    return this.begin(this.skipToEdges, at + 1);
  }

  private skipToEdges(chunk: Uint8Array, at: number): number {
    const end = this.find(EDGES, chunk, at);
    return this.matched < EDGES.length ? end : this.begin(this.readEdges, end);
  }

  private readEdges(chunk: Uint8Array, start: number): number {
    const { edgeType, edgeName, edgeTarget } = this;
    const { edge_fields: fields, node_fields: nodeFields } = this.header!.meta;
    const columns = { type: edgeType, name_or_index: edgeName, to_node: edgeTarget };
    const at = this.readTable(chunk, start, fields, columns);
    if (at === chunk.length) return at;
    for (let i = 0; i < edgeTarget.length; i++) edgeTarget[i]! /= nodeFields.length;
    return this.begin(this.skipToStrings, at + 1);
  }

  /** Puts the numbers of each item under its fields' names. Gives where the table's bracket is, or the chunk's end. */
  private readTable(
    chunk: Uint8Array,
    start: number,
    fields: readonly string[],
    columns: Readonly<Record<string, Uint8Array | Uint32Array>>,
  ): number {
    const columnOf = fields.map((name) => (Object.hasOwn(columns, name) ? columns[name]! : null));
    let { value, field, item } = this;
    let at = start;
    for (; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte >= ZERO && byte <= NINE) {
        value = value < 0 ? byte - ZERO : value * 10 + (byte - ZERO);
        continue;
      }
      if (value >= 0) {
        const column = columnOf[field]!;
        if (column !== null) column[item] = value;
        value = -1;
        if (++field === columnOf.length) {
          field = 0;
          item++;
        }
      }
      if (byte === BRACKET) break;
    }
    this.value = value;
    this.field = field;
    this.item = item;
    return at;
  }

  private skipToStrings(chunk: Uint8Array, at: number): number {
    const end = this.find(STRINGS, chunk, at);
    return this.matched < STRINGS.length ? end : this.begin(this.readStrings, end);
  }

  private readStrings(chunk: Uint8Array, start: number): number {
    const { bytes, beginnings } = this;
    let { inString, escaped, length } = this;
    let at = start;
    for (; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (!inString) {
        if (byte === BRACKET) return this.begin(this.readRest, at + 1);
        if (byte !== QUOTE) continue;
        inString = true;
        length = 0;
      } else if (escaped) {
        escaped = false;
      } else if (byte === BACKSLASH) {
        escaped = true;
        length = -1;
      } else if (byte === QUOTE) {
        inString = false;
        this.endString(length);
      } else if (length === 0 && beginnings[byte] === 0) {
        length = -1;
      } else if (length >= 0 && length < bytes.length) {
        bytes[length++] = byte;
      }
    }
    this.inString = inString;
    this.escaped = escaped;
    this.length = length;
    return at;
  }

  private endString(length: number): void {
    const number = this.stringCount++;
    if (length <= 0) return;
    const kind = this.kindOf(String.fromCharCode(...this.bytes.subarray(0, length)));
    if (kind === 0) return;
    if (number >= this.stringKind.length) this.stringKind = resized(this.stringKind, number * 2);
    this.stringKind[number] = kind;
  }

  private readRest(chunk: Uint8Array): number {
    return chunk.length;
  }

  // ---- helpers

  private begin(section: SnapshotReader["section"], at: number): number {
    this.section = section;
    this.matched = this.field = this.item = 0;
    this.value = -1;
    return at;
  }

  /** Where `pattern` ends, or the end of the chunk; `matched` tells which. */
  private find(pattern: string, chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === pattern.charCodeAt(this.matched)) this.matched++;
      else this.matched = byte === QUOTE ? 1 : 0; // All patterns begin with a quote.
      if (this.matched === pattern.length) return at + 1;
    }
    return chunk.length;
  }
}

function resized(array: Uint8Array, length: number): Uint8Array {
  const other = new Uint8Array(length);
  other.set(array.subarray(0, length));
  return other;
}
