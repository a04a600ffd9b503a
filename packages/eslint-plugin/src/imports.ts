import type { Rule, SourceCode } from "eslint";
import type * as ESTree from "estree";
import type { Bindings } from "./bindings.ts";

/** How a suggestion writes an export of ours, and what has to be added to the file's imports for it. */
export interface ImportPlan {
  readonly name: string;
  edit(fixer: Rule.RuleFixer): Rule.Fix[];
}

/** By the name that the file has for it, through a namespace, or by an import; null where there is no place for one. */
export function planImport(bindings: Bindings, exported: string, path = ""): ImportPlan | null {
  const { code } = bindings;
  const known = knownName(code, bindings, exported, path);
  if (known !== null) return { name: known, edit: () => [] };
  if (code.ast.sourceType !== "module") return null;
  const source = path === "" ? "asyncio-ts" : `asyncio-ts/${path}`;
  const imports = code.ast.body.filter((node) => node.type === "ImportDeclaration");
  for (const node of imports) {
    const last = node.specifiers.at(-1);
    if (node.source.value === source && !isTypeOnly(node) && last?.type === "ImportSpecifier") {
      return { name: exported, edit: (fixer) => [fixer.insertTextAfter(last, `, ${exported}`)] };
    }
  }
  const next = imports[0] ?? code.ast.body[0];
  if (next === undefined) return null;
  const line = `import { ${exported} } from "${source}";\n`;
  return { name: exported, edit: (fixer) => [fixer.insertTextBefore(next, line)] };
}

function knownName(code: SourceCode, bindings: Bindings, exported: string, path: string): string | null {
  const { scopes } = code.scopeManager;
  // Node's modules of the older kind have a function scope.
  const top = scopes.filter(({ type, upper }) => upper === null || upper.upper === null || type === "module");
  for (const variable of top.flatMap((scope) => scope.variables)) {
    const name = variable.identifiers[0];
    if (name === undefined || !isValue(variable.defs[0]?.node)) continue;
    const found = bindings.exportOf(name);
    if (found?.path !== path) continue;
    if (found.name === exported) return variable.name;
    if (found.name === null) return `${variable.name}.${exported}`;
  }
  return null;
}

function isValue(node: ESTree.Node | undefined): boolean {
  if (node === undefined || isTypeOnly(node)) return false;
  const parent = (node as { readonly parent?: ESTree.Node }).parent;
  return parent === undefined || !isTypeOnly(parent);
}

function isTypeOnly(node: ESTree.Node): boolean {
  return (node as { readonly importKind?: string }).importKind === "type";
}
