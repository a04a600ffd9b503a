// ESTree, as ESLint and its parsers give it: every node knows its parent, and TypeScript adds wrappers of its own.
import type { SourceCode } from "eslint";
import type * as ESTree from "estree";

export type Node = ESTree.Node;
export type Call = ESTree.SimpleCallExpression;
export type FunctionNode = ESTree.FunctionExpression | ESTree.ArrowFunctionExpression | ESTree.FunctionDeclaration;

const transparent = new Set([
  "ChainExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

export function parentOf(node: Node): Node | null {
  return (node as { readonly parent?: Node | null }).parent ?? null;
}

/** The expression inside of `(x as T)!`, `x?.y` and the like. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (transparent.has(inner.type)) inner = (inner as unknown as { readonly expression: Node }).expression;
  return inner;
}

/** The outermost of the wrappers around an expression: what its parent sees. */
export function wrapped(node: Node): Node {
  let outer = node;
  for (let parent = parentOf(outer); parent !== null && transparent.has(parent.type); parent = parentOf(outer)) {
    outer = parent;
  }
  return outer;
}

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "FunctionExpression" ||
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "FunctionDeclaration"
  );
}

/** The function whose code `node` is, or null for a module's own code, a class field or a static block. */
export function enclosingFunction(node: Node): FunctionNode | null {
  for (let each = parentOf(node); each !== null; each = parentOf(each)) {
    if (isFunction(each)) return each;
    if (each.type === "PropertyDefinition" || each.type === "StaticBlock") return null;
  }
  return null;
}

export function enclosingClass(node: Node): ESTree.ClassBody | null {
  for (let each = parentOf(node); each !== null; each = parentOf(each)) {
    if (each.type === "ClassBody") return each;
    // A function of one's own has a `this` of its own, unless it is a method.
    const own = each.type === "FunctionDeclaration" || each.type === "FunctionExpression";
    const holder = own ? parentOf(each) : null;
    if (holder !== null && holder.type !== "MethodDefinition") return null;
  }
  return null;
}

/** The name of `object.name`, `object["name"]`, `object.#name`, and of such properties of classes and literals. */
export function propertyName(node: {
  readonly computed: boolean;
  readonly property?: Node;
  readonly key?: Node;
}): string | null {
  const key = node.property ?? node.key;
  if (key === undefined) return null;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier" && !node.computed) return key.name;
  return stringOf(key);
}

export function stringOf(node: Node | null | undefined): string | null {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : null;
}

/** Visits `node` and what is below it; a visitor that gives false skips what is below. */
export function walk(node: Node, code: SourceCode, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const key of code.visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    for (const each of Array.isArray(child) ? child : [child]) if (each) walk(each, code, visit);
  }
}

export function contains(node: Node, code: SourceCode, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(node, code, (each) => {
    found ||= test(each);
    return !found;
  });
  return found;
}

/** The same, without the functions below `node`: their code runs at another time. */
export function containsDirectly(node: Node, code: SourceCode, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(node, code, (each) => {
    if (each !== node && isFunction(each)) return false;
    found ||= test(each);
    return !found;
  });
  return found;
}
