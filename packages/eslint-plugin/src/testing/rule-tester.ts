import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { type Linter, type Rule, RuleTester } from "eslint";
import { afterAll, describe, it } from "vitest";

RuleTester.describe = describe;
// The first case with types reads the whole of asyncio-ts.
RuleTester.it = (name: string, test: () => void) => it(name, { timeout: 60_000 }, test);
RuleTester.itOnly = it.only;
(RuleTester as { afterAll?: unknown }).afterAll = afterAll;

type Cases = Parameters<RuleTester["run"]>[2];
type Case = Cases["invalid"][number];

const folder = fileURLToPath(new URL("project", import.meta.url));

const languages: Record<string, Linter.LanguageOptions> = {
  JavaScript: { sourceType: "module", ecmaVersion: "latest" },
  TypeScript: { parser },
  "TypeScript with types": {
    parser,
    parserOptions: { projectService: true, tsconfigRootDir: folder },
  },
};

/** Runs the cases with each of the parsers; those of `typed` need types, those of `typescript` only the syntax. */
export function testRule(
  name: string,
  rule: Rule.RuleModule,
  {
    valid,
    invalid,
    typescript,
    typed,
  }: Cases & { readonly typescript?: Partial<Cases>; readonly typed?: Partial<Cases> },
): void {
  for (const [language, languageOptions] of Object.entries(languages)) {
    const hasTypes = language === "TypeScript with types";
    const more = [language === "JavaScript" ? {} : (typescript ?? {}), hasTypes ? (typed ?? {}) : {}];
    const cases: Cases = {
      valid: [...valid, ...more.flatMap((each) => each.valid ?? [])].map((each) => {
        const whole = typeof each === "string" ? { code: each } : each;
        return hasTypes ? { ...whole, filename: `${folder}/typed.ts` } : whole;
      }),
      invalid: [...invalid, ...more.flatMap((each) => each.invalid ?? [])].map((each: Case) =>
        hasTypes ? { ...each, filename: `${folder}/typed.ts` } : each,
      ),
    };
    new RuleTester({ languageOptions: languageOptions as never }).run(`${name}, ${language}`, rule, cases);
  }
}
