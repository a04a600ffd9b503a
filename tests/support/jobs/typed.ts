// Jobs in TypeScript: a worker on Node 20 needs tsx for them.
import { cube } from "./typed-helper.ts";

export function cubes(numbers: readonly number[]): number[] {
  return numbers.map(cube);
}

export async function factorial(n: bigint): Promise<bigint> {
  let result = 1n;
  for (let factor = 2n; factor <= n; factor++) result *= factor;
  return result;
}
