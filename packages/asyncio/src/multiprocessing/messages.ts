import type { ThrownRecord } from "../border/error-record.ts";

/** Where a shared object lives, and what stands for it elsewhere. */
export interface Ref {
  /** The process that keeps it, see `Hub`. */
  readonly node: string;
  readonly id: number;
  /** The name of the class that stands for it, see `registerShared`. */
  readonly type: string;
  /** What that class needs to know. */
  readonly details: unknown;
}

/** A value on its way: with `shared`, there are refs in it that stand for objects. */
export interface Packed {
  readonly value: unknown;
  readonly shared: boolean;
}

interface Routed {
  readonly to: string;
  readonly from: string;
}

/** What processes say to each other. All of them are of one version of this package. */
export type Message =
  /** Asks an object for something; `reply` or `fail` answers. */
  | (Routed & {
      readonly kind: "call";
      readonly seq: number;
      readonly id: number;
      readonly method: string;
      readonly args: Packed;
    })
  /** With `item`, the value belongs to the receiver when that says so (`taken`), and goes back when it does not. */
  | (Routed & { readonly kind: "reply"; readonly seq: number; readonly value: Packed; readonly item: boolean })
  | (Routed & { readonly kind: "fail"; readonly seq: number; readonly thrown: ThrownRecord })
  | (Routed & { readonly kind: "cancel"; readonly seq: number })
  | (Routed & { readonly kind: "taken"; readonly seq: number; readonly kept: boolean })
  /** Tells an object something. */
  | (Routed & { readonly kind: "note"; readonly id: number; readonly method: string; readonly args: Packed })
  /** A process is there; its ancestors pass it on. */
  | { readonly kind: "hello"; readonly node: string }
  /** A process is not there any more; everybody passes it on. */
  | { readonly kind: "gone"; readonly node: string; readonly how: string };

/** What a process is started with. */
export interface StartMessage {
  readonly kind: "start";
  readonly node: string;
  readonly name: string;
  readonly parent: string;
  /** Null: it keeps a manager's objects. */
  readonly task: unknown;
  readonly args: Packed;
  readonly folder: string;
  readonly daemon: boolean;
}
