// One script, every kind of coroutine: a scenario is written once and runs as generator, as native code, and nested.

import { type Awaitable, type Body, type CoroutineGenerator, coroutine } from "asyncio-ts";
import { bodyOf } from "../support/both-kinds.ts";

/** Yields awaitables where a coroutine would await them: `yield sleep(1)`, `const guard = yield* of(lock.acquire())`. */
export type Script<T, A extends unknown[] = []> = (...args: A) => ScriptGenerator<T>;
export type ScriptGenerator<T> = Generator<Awaitable<unknown>, T, unknown>;

/** Makes a body of a script. */
export type Kind = <T, A extends unknown[]>(script: Script<T, A>) => (...args: A) => Body<T>;

/** Awaits in a script, with the type of the result. */
export function* of<T>(awaitable: Awaitable<T>): ScriptGenerator<T> {
  return (yield awaitable) as T;
}

const generator: Kind = (script) => bodyOf("generator", script);

const native: Kind = (script) => bodyOf("native", script);

/** Native code inside a generator inside native code: cancellations cross both kinds of boundary. */
function nested<T, A extends unknown[]>(script: Script<T, A>): (...args: A) => Promise<T> {
  const inner = coroutine(native(script)) as (...args: A) => Awaitable<T>;
  const middle = coroutine(function* middleBody(...args: A): CoroutineGenerator<T> {
    return yield* inner(...args);
  });
  return async function outerBody(...args) {
    return await middle(...args);
  };
}

/** Each further body is of the other kind, so that tasks of both kinds meet. */
function alternating(): Kind {
  let count = 0;
  return (script) => (count++ % 2 === 0 ? generator(script) : native(script));
}

export const kinds: Readonly<Record<string, () => Kind>> = {
  generator: () => generator,
  native: () => native,
  nested: () => nested,
  alternating,
};
