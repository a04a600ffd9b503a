import { takeSnapshot } from "../host/heap-snapshot.ts";
import type { HeapGraph } from "../host/snapshot-reader.ts";

/*
 * Which tasks wait for ever, found out as a garbage collector would: what they wait for is held by nobody who could still
 * do anything. CPython's collector finds such tasks because its loop holds tasks weakly; ours holds them strongly, so
 * that their clean-up is not lost.
 */

/** The strings of a snapshot that matter. */
const MARK = "asyncio-ts: suspects";
/** What a WeakRef leads to. As long as the task lives it can be had from there, so that a WeakRef holds it. */
const TARGET = "target";
/** A property whose key is a nameless symbol, such as the one under which an Error has the frames of its stack. */
const NAMELESS = "<symbol>";
/** A value of a WeakMap: held by its key, and (for the reader's sake) by the map's table. */
const PAIR = /^\d+ \/ part of key \(/;
const [OTHER, IS_MARK, IS_TARGET, IS_NAMELESS, IS_PAIR] = [0, 1, 2, 3, 4] as const;

function kindOf(text: string): number {
  if (text === MARK) return IS_MARK;
  if (text === TARGET) return IS_TARGET;
  if (text === NAMELESS) return IS_NAMELESS;
  return PAIR.test(text) ? IS_PAIR : OTHER;
}

/** The tasks in question, made ready for a search. While it runs, nobody may hold any of it in local variables. */
export class Suspects {
  private readonly tasks: object[] = [];
  /** What they wait for, and for each the number of its task. */
  private readonly waiters: object[] = [];
  private readonly waitersTask: number[] = [];
  /** Tasks that will go on. */
  private readonly living: object[] = [];
  /** What leads nowhere: it is debug mode's own, or the coroutine of a suspect. */
  private readonly ignored: object[] = [];

  /** Any of `waiters` would wake the task. */
  add(task: object, waiters: readonly object[]): void {
    for (const waiter of waiters) {
      this.waiters.push(waiter);
      this.waitersTask.push(this.tasks.length);
    }
    this.tasks.push(task);
  }

  addLiving(task: object): void {
    this.living.push(task);
  }

  ignore(...objects: readonly object[]): void {
    this.ignored.push(...objects);
  }

  /**
   * Those that are stranded: nothing can wake them any more. At first all suspects are left out of the heap's
   * graph. One whose waiter can be reached without them is alive and is put back, for its frames may hold what others
   * wait for; and so on, until nothing changes.
   */
  search(): object[] {
    // The snapshot finds the lists by the name of the property that leads to them.
    const marker = { [MARK]: [this.tasks, this.waiters, this.living, this.ignored, this.waitersTask, this] };
    const graph = takeSnapshot("a<t0123456789", kindOf);
    marker[MARK] = [];
    const alive = new Search(graph).run(this.waitersTask);
    return this.tasks.filter((_, index) => alive[index] === 0);
  }
}

/** Bits of a node's state: it has been reached, or is not to be entered; somebody waits for it. */
const CLOSED = 1;
const AWAITED = 2;

class Search {
  private readonly graph: HeapGraph;
  private readonly state: Uint8Array;
  /** Nodes that have been reached and not been left yet. */
  private readonly stack: Uint32Array;
  private height: number = 0;

  constructor(graph: HeapGraph) {
    this.graph = graph;
    this.state = new Uint8Array(graph.nodeCount);
    this.stack = new Uint32Array(graph.nodeCount);
  }

  /** Of each suspect 1 when it is alive. */
  run(waitersTask: readonly number[]): Uint8Array {
    const { state } = this;
    const lists = this.elementsOf(this.markedList());
    const [tasks, waiters, living, ignored] = lists.map((list) => this.elementsOf(list)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    if (waiters.length !== waitersTask.length) throw new RangeError("unknown form of heap snapshot");
    // What nothing in the snapshot leads to is held from outside of it.
    const unseen = this.findUnseen();
    state.fill(0);
    this.closeMarked();
    for (const node of tasks) state[node] = CLOSED;
    for (const node of ignored) state[node] = CLOSED;
    const waiting = new Map<number, number[]>();
    waiters.forEach((node, index) => {
      state[node]! |= AWAITED;
      const task = waitersTask[index]!;
      const others = waiting.get(node);
      if (others === undefined) waiting.set(node, [task]);
      else others.push(task);
    });
    const alive = new Uint8Array(tasks.length);
    for (const node of [0, ...living, ...unseen]) this.enter(node);
    this.reach(false, (node) => {
      for (const task of waiting.get(node)!) {
        if (alive[task] === 1) continue;
        alive[task] = 1;
        this.push(tasks[task]!);
      }
    });
    return alive;
  }

  // ---- the marker

  /** The lists of suspects: what the property with the marker's name leads to. */
  private markedList(): number {
    const { edgeType, edgeName, edgeTarget, edgeTypes, stringKind } = this.graph;
    const property = edgeTypes.indexOf("property");
    for (let edge = 0; edge < edgeType.length; edge++) {
      if (edgeType[edge] === property && stringKind[edgeName[edge]!] === IS_MARK) return edgeTarget[edge]!;
    }
    throw new RangeError("unknown form of heap snapshot");
  }

  private elementsOf(array: number): number[] {
    const { firstEdge, edgeType, edgeName, edgeTarget, edgeTypes } = this.graph;
    const element = edgeTypes.indexOf("element");
    const elements: number[] = [];
    for (let edge = firstEdge[array]!; edge < firstEdge[array + 1]!; edge++) {
      if (edgeType[edge] === element) elements[edgeName[edge]!] = edgeTarget[edge]!;
    }
    return elements;
  }

  /** The suspects are not held by the list of them. */
  private closeMarked(): void {
    const { firstEdge, edgeTarget, nodeType, nodeTypes } = this.graph;
    const store = nodeTypes.indexOf("array");
    const marked = this.markedList();
    for (const list of [marked, ...this.elementsOf(marked)]) {
      this.state[list] = CLOSED;
      for (let edge = firstEdge[list]!; edge < firstEdge[list + 1]!; edge++) {
        const target = edgeTarget[edge]!;
        if (nodeType[target] === store) this.state[target] = CLOSED;
      }
    }
  }

  // ---- the way through the graph

  private findUnseen(): number[] {
    const { state } = this;
    const unseen: number[] = [];
    this.enter(0);
    this.reach(true, () => {});
    for (let node = 0; node < state.length; node++) if ((state[node]! & CLOSED) === 0) unseen.push(node);
    return unseen;
  }

  private enter(node: number): void {
    if ((this.state[node]! & CLOSED) === 0) this.push(node);
  }

  private push(node: number): void {
    this.state[node]! |= CLOSED;
    this.stack[this.height++] = node;
  }

  /**
   * Goes on from the nodes on the stack; calls back for each that somebody waits for. With `everything` edges count that
   * nobody can use to get at what they lead to.
   */
  private reach(everything: boolean, onAwaited: (node: number) => void): void {
    const { state, stack } = this;
    const { firstEdge, edgeType, edgeName, edgeTarget, nodeType, stringKind, edgeTypes, nodeTypes } = this.graph;
    const [weak, internal, property] = ["weak", "internal", "property"].map((name) => edgeTypes.indexOf(name));
    const object = nodeTypes.indexOf("object");
    const own = new Uint8Array(256); // The engine's own objects.
    for (const name of ["array", "hidden", "code"]) own[nodeTypes.indexOf(name)] = 1;
    while (this.height > 0) {
      const node = stack[--this.height]!;
      if ((state[node]! & AWAITED) !== 0) onAwaited(node);
      const end = firstEdge[node + 1]!;
      for (let edge = firstEdge[node]!; edge < end; edge++) {
        const target = edgeTarget[edge]!;
        if ((state[target]! & CLOSED) !== 0) continue;
        const type = edgeType[edge];
        if (type === weak) {
          if (nodeType[node] !== object || stringKind[edgeName[edge]!] !== IS_TARGET) continue;
        } else if (everything) {
          // All of these.
        } else if (type === internal) {
          if (own[nodeType[node]!] === 1 && stringKind[edgeName[edge]!] === IS_PAIR) continue;
        } else if (type === property) {
          if (own[nodeType[target]!] === 1 && stringKind[edgeName[edge]!] === IS_NAMELESS) continue;
        }
        state[target]! |= CLOSED;
        stack[this.height++] = target;
      }
    }
  }
}
