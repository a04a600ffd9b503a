// A program of the fuzzer: a tree of blocks, drawn from a seed. Both interpreters, in TypeScript and in Python, run it.

export interface Program {
  readonly seed: number;
  readonly main: NewTask;
}

/** What one coroutine does, statement by statement. `native` and `bare` choose how TypeScript runs it in mixed mode. */
export interface Block {
  readonly body: Statement[];
  /** An async function, otherwise a generator. */
  readonly native: boolean;
  /** Handed over as a function or called directly, otherwise made a coroutine first. */
  readonly bare: boolean;
}

/** A task is known by its slot: whoever wants to await or cancel it says its number. */
export interface NewTask {
  readonly slot: number;
  readonly block: Block;
  readonly eager: boolean;
}

/** Something awaitable: one of the shared futures, a task by its slot, or a coroutine that becomes a task. */
export type Item = { readonly future: number } | { readonly task: number } | NewTask;

/** What needs no task: callbacks of the loop do it, too. */
export type Action =
  | { readonly do: "set result"; readonly future: number; readonly value: number }
  | { readonly do: "set exception"; readonly future: number; readonly text: string }
  | { readonly do: "cancel future"; readonly future: number; readonly reason: string | null }
  | { readonly do: "cancel task"; readonly slot: number; readonly reason: string | null }
  | { readonly do: "cancel gather"; readonly gather: number }
  | { readonly do: "note"; readonly id: number };

export type Statement =
  | Action
  | { readonly do: "sleep"; readonly delay: number }
  | { readonly do: "say"; readonly id: number }
  | { readonly do: "await future"; readonly future: number }
  | { readonly do: "await task"; readonly slot: number }
  | { readonly do: "call soon"; readonly actions: Action[] }
  | { readonly do: "call later"; readonly delay: number; readonly actions: Action[] }
  | { readonly do: "throw"; readonly text: string }
  | { readonly do: "return"; readonly value: number }
  | { readonly do: "uncancel" }
  | { readonly do: "cancel myself"; readonly reason: string | null }
  | { readonly do: "set variable"; readonly value: number }
  | { readonly do: "create task"; readonly task: NewTask; readonly inGroup: boolean }
  | { readonly do: "call"; readonly block: Block }
  | Try
  | {
      readonly do: "timeout";
      readonly delay: number | null;
      readonly block: Block;
      readonly reschedule: { readonly after: number; readonly to: number | null } | null;
    }
  | { readonly do: "wait for block"; readonly timeout: number | null; readonly block: Block }
  | { readonly do: "wait for task"; readonly timeout: number | null; readonly slot: number }
  | { readonly do: "task group"; readonly block: Block }
  | {
      readonly do: "gather";
      readonly items: Item[];
      readonly returnExceptions: boolean;
      /** Under this number "cancel gather" finds it. */
      readonly keepAs: number | null;
    }
  | { readonly do: "shield"; readonly item: Item }
  | {
      readonly do: "wait";
      readonly slots: number[];
      readonly timeout: number | null;
      readonly returnWhen: "FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED";
    }
  | { readonly do: "as completed"; readonly items: Item[]; readonly timeout: number | null };

export interface Try {
  readonly do: "try";
  readonly block: Block;
  /** Which errors are caught: cancellations, the program's own, timeouts, or any. */
  readonly catches: "cancelled" | "own" | "timeout" | "any";
  readonly handler: Block;
  readonly afterwards: "rethrow" | "throw another" | "go on";
  readonly finally: Block | null;
}

/** How many futures the tasks of a program share. */
export const FUTURES = 3;
