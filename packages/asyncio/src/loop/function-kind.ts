const generatorFunction = Object.getPrototypeOf(function* () {}) as object;
const asyncFunction = Object.getPrototypeOf(async () => {}) as object;
const asyncGeneratorFunction = Object.getPrototypeOf(async function* () {}) as object;

/** Marks the functions that `coroutine()` makes, and the objects they return, in any copy of the package. */
export const coroutineFunctionBrand: unique symbol = Symbol.for("asyncio-ts.coroutineFunction");
export const coroutineBrand: unique symbol = Symbol.for("asyncio-ts.Coroutine");

export function isGeneratorFunction(fn: unknown): boolean {
  return typeof fn === "function" && Object.getPrototypeOf(fn) === generatorFunction;
}

export function isAsyncFunction(fn: unknown): boolean {
  return typeof fn === "function" && Object.getPrototypeOf(fn) === asyncFunction;
}

/** A coroutine, or a function that would return one (or a promise, or a generator) instead of doing its work at once. */
export function isCoroutineFunctionLike(value: unknown): boolean {
  if (typeof value === "object") {
    return value !== null && (value as { readonly [coroutineBrand]?: unknown })[coroutineBrand] === true;
  }
  if (typeof value !== "function") return false;
  if ((value as { readonly [coroutineFunctionBrand]?: unknown })[coroutineFunctionBrand] === true) return true;
  const prototype = Object.getPrototypeOf(value) as object;
  return prototype === generatorFunction || prototype === asyncFunction || prototype === asyncGeneratorFunction;
}
