// Makes a failing program small: statements are dropped, or replaced by what they contain, as long as it still fails.
import type { Block, Program, Statement } from "./program.ts";

/** The smallest program that can be had from `program` step by step, for which `fails` still holds. */
export async function shrink(program: Program, fails: (program: Program) => Promise<boolean>): Promise<Program> {
  let smallest = program;
  for (let before = 0; before !== sizeOf(smallest); ) {
    before = sizeOf(smallest);
    smallest = await shrinkOnce(smallest, fails);
  }
  return smallest;
}

async function shrinkOnce(program: Program, fails: (program: Program) => Promise<boolean>): Promise<Program> {
  let smallest = program;
  for (let at = 0; at < blocksOf(smallest).length; at++) {
    for (let i = 0; i < (blocksOf(smallest)[at]?.body.length ?? 0); i++) {
      for (const replacement of replacements(blocksOf(smallest)[at]!.body[i]!)) {
        const candidate = structuredClone(smallest);
        blocksOf(candidate)[at]!.body.splice(i, 1, ...structuredClone(replacement));
        if (sizeOf(candidate) >= sizeOf(smallest) || !(await fails(candidate))) continue;
        smallest = candidate;
        i--;
        break;
      }
    }
  }
  return smallest;
}

/** What may stand instead of a statement. */
function replacements(statement: Statement): Statement[][] {
  const simpler: Statement[] = [];
  if (statement.do === "try" && statement.finally !== null) simpler.push({ ...statement, finally: null });
  if (statement.do === "timeout" && statement.reschedule !== null) simpler.push({ ...statement, reschedule: null });
  if (statement.do === "call soon" || statement.do === "call later") {
    simpler.push(...withoutOne(statement.actions).map((actions) => ({ ...statement, actions })));
  }
  if (statement.do === "gather" || statement.do === "as completed") {
    simpler.push(...withoutOne(statement.items).map((items) => ({ ...statement, items })));
  }
  const inner = Object.values(statement).filter((value: unknown): value is Block => isBlock(value));
  return [[], ...inner.map(({ body }) => body), ...simpler.map((each) => [each])];
}

function withoutOne<T>(list: readonly T[]): T[][] {
  return list.length < 2 ? [] : list.map((_, without) => list.filter((_, i) => i !== without));
}

/** All blocks of a program, outer ones first. */
function blocksOf(program: Program): Block[] {
  const blocks: Block[] = [];
  const visit = (value: unknown): void => {
    if (isBlock(value)) blocks.push(value);
    if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(program.main);
  return blocks;
}

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && "body" in value;
}

function sizeOf(program: Program): number {
  return JSON.stringify(program).length;
}
