const registry = Symbol.for("asyncio-ts.copies");
const copies: string[] = ((globalThis as { [registry]?: string[] })[registry] ??= []);
copies.push(import.meta.url);

/** Two copies of the package in one process cannot await each other's futures; errors that come of it name both. */
export function copiesHint(): string | null {
  return copies.length < 2 ? null : `${copies.length} copies of asyncio-ts are loaded (${copies.join(", ")})`;
}
