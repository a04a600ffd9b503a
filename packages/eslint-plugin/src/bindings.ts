import type { Rule, Scope, SourceCode } from "eslint";
import type * as ESTree from "estree";
import { enclosingClass, isFunction, type Node, parentOf, propertyName, stringOf, unwrap, wrapped } from "./ast.ts";
import {
  bodyArguments,
  classAliases,
  coroutineFunctions,
  coroutineMethods,
  futureFunctions,
  futureMethods,
  resultClasses,
} from "./names.ts";

/** What an expression names: an export, or a whole module (`name` is null). `path` is "" or a subpath such as "concurrent". */
export interface Export {
  readonly path: string;
  readonly name: string | null;
}

interface TypedNode {
  readonly typeAnnotation?: { readonly typeAnnotation?: TypeNode };
}

interface TypeNode {
  readonly type: string;
  readonly typeName?: Node & { readonly left?: Node; readonly right?: ESTree.Identifier };
}

const cache = new WeakMap<SourceCode, Bindings>();

export function bindingsOf(context: Rule.RuleContext): Bindings {
  const code = context.sourceCode;
  let bindings = cache.get(code);
  if (bindings === undefined) cache.set(code, (bindings = new Bindings(code)));
  return bindings;
}

/**
 * Follows names of one file to the exports of asyncio-ts that they stand for, through imports (named, renamed,
 * namespace), `require`, `await import`, destructuring and constants, without any types.
 */
export class Bindings {
  readonly code: SourceCode;
  private readonly visiting = new Set<Node>();

  constructor(code: SourceCode) {
    this.code = code;
  }

  /** Whether the file imports asyncio-ts or one of its companions. */
  get usesAsyncio(): boolean {
    const uses = (this.uses ??= this.lookForImports());
    return uses;
  }
  private uses: boolean | undefined;

  private lookForImports(): boolean {
    // Most files of a project know nothing of us: their text tells.
    if (!/\basyncio-ts\b/.test(this.code.text)) return false;
    let found = false;
    for (const scope of this.code.scopeManager.scopes) {
      for (const { defs } of scope.variables) {
        found ||= defs.some((def) => this.isImport(def));
      }
    }
    return found;
  }

  private isImport(def: Scope.Definition): boolean {
    if (def.type === "ImportBinding") return isOurs(def.parent.source.value);
    if (def.type !== "Variable" || !def.node.init) return false;
    const source = moduleOf(unwrap(def.node.init));
    return source !== null && isOurs(source);
  }

  /** The export that an expression stands for: `"sleep"`, `"concurrent/inline"`, or null. */
  nameOf(node: Node): string | null {
    const found = this.exportOf(node);
    return found === null ? null : exportName(found);
  }

  exportOf(node: Node): Export | null {
    return this.usesAsyncio ? this.resolve(unwrap(node)) : null;
  }

  private resolve(node: Node): Export | null {
    return this.once(node, () => {
      const source = moduleOf(node);
      if (source !== null) return moduleExport(source, null);
      if (node.type === "Identifier") return this.resolveIdentifier(node);
      if (node.type !== "MemberExpression") return null;
      return memberOf(this.resolve(unwrap(node.object)), propertyName(node));
    });
  }

  private resolveIdentifier(node: ESTree.Identifier): Export | null {
    const variable = this.variableOf(node);
    const def = variable?.defs[0];
    if (def === undefined) return null;
    if (def.type === "ImportBinding") {
      const source = String(def.parent.source.value);
      if (def.node.type === "ImportNamespaceSpecifier") return moduleExport(source, null);
      if (def.node.type === "ImportDefaultSpecifier") return null;
      const { imported } = def.node;
      return moduleExport(source, imported.type === "Identifier" ? imported.name : String(imported.value));
    }
    const init = constantOf(variable);
    if (init === null || def.type !== "Variable") return null;
    if (def.node.id.type === "Identifier") return this.resolve(unwrap(init));
    return memberOf(this.resolve(unwrap(init)), destructuredName(def.node.id, def.name));
  }

  /** The class of asyncio-ts that an expression is an instance of, as far as the file tells. */
  classOf(node: Node): string | null {
    const found = this.usesAsyncio ? this.findClass(unwrap(node)) : null;
    return found === null ? null : (classAliases[found] ?? found);
  }

  private findClass(node: Node): string | null {
    return this.once(node, () => {
      if (node.type === "NewExpression") return this.nameOf(node.callee);
      if (node.type === "AwaitExpression") return this.findClass(unwrap(node.argument));
      if (node.type === "YieldExpression") return node.argument ? this.findClass(unwrap(node.argument)) : null;
      if (node.type === "CallExpression") return asOne(resultClasses[this.nameOf(node.callee) ?? ""]);
      if (node.type === "Identifier") return this.classOfVariable(node);
      if (node.type === "MemberExpression") {
        const member = this.memberOfThis(node);
        return member === null ? null : this.classOfMember(member);
      }
      return null;
    });
  }

  private classOfVariable(node: ESTree.Identifier): string | null {
    const variable = this.variableOf(node);
    const def = variable?.defs[0];
    if (def === undefined) return null;
    const annotated = this.classOfAnnotation(def.name as TypedNode);
    if (annotated !== null) return annotated;
    if (def.type === "Parameter") return this.classOfParameter(def);
    const init = constantOf(variable);
    if (init === null || def.type !== "Variable") return null;
    const { id } = def.node;
    if (id.type === "Identifier") return this.findClass(unwrap(init));
    return id.type === "ArrayPattern" ? this.destructuredClass(unwrap(init), id.elements.indexOf(def.name)) : null;
  }

  /** `const [reader, writer] = await openConnection(…)` */
  private destructuredClass(init: Node, index: number): string | null {
    if (init.type === "AwaitExpression") return this.destructuredClass(unwrap(init.argument), index);
    if (init.type === "YieldExpression" && init.argument) return this.destructuredClass(unwrap(init.argument), index);
    if (init.type !== "CallExpression") return null;
    return asMany(resultClasses[this.nameOf(init.callee) ?? ""])[index] ?? null;
  }

  /** `taskGroup((group) => …)`: the body's parameters have the classes that the function gives it. */
  private classOfParameter({ node, name }: { readonly node: Node; readonly name: Node }): string | null {
    if (!isFunction(node)) return null;
    const call = parentOf(wrapped(node));
    if (call?.type !== "CallExpression" || call.callee === node) return null;
    const index = node.params.indexOf(name as ESTree.Pattern);
    const classes = bodyArguments[this.nameOf(call.callee) ?? ""];
    return typeof classes === "string" ? (index === 0 ? classes : null) : (classes?.[index] ?? null);
  }

  private classOfAnnotation(node: TypedNode): string | null {
    const reference = node.typeAnnotation?.typeAnnotation;
    if (reference?.type !== "TSTypeReference" || reference.typeName === undefined) return null;
    const { typeName } = reference;
    if (typeName.type === "Identifier") return this.nameOf(typeName);
    if (typeName.left === undefined || typeName.right === undefined) return null;
    const found = memberOf(this.resolve(typeName.left), typeName.right.name);
    return found === null ? null : exportName(found);
  }

  /** The field, accessor or method of the class around that `this.name` means. */
  private memberOfThis(node: ESTree.MemberExpression): Node | null {
    const name = propertyName(node);
    if (node.object.type !== "ThisExpression" || name === null) return null;
    const body = enclosingClass(node);
    for (const member of body?.body ?? []) {
      if (member.type === "StaticBlock") continue;
      if (member.type === "PropertyDefinition" || member.type === "MethodDefinition") {
        if (propertyName(member) === name) return member;
      }
      if (member.type !== "MethodDefinition" || member.kind !== "constructor") continue;
      for (const param of member.value.params as Node[]) {
        // constructor(private readonly queue: Queue<string>)
        if ((param.type as string) !== "TSParameterProperty") continue;
        const { parameter } = param as unknown as { readonly parameter: Node };
        if (parameter.type === "Identifier" && parameter.name === name) return parameter;
      }
    }
    return null;
  }

  private classOfMember(member: Node): string | null {
    const annotated = this.classOfAnnotation(member as TypedNode);
    if (annotated !== null) return annotated;
    if (member.type !== "PropertyDefinition" || !member.value) return null;
    return this.findClass(unwrap(member.value));
  }

  /** What `name` or `this.name` was made from: a function, a class member, or the value of a constant. */
  definitionOf(node: Node): Node | null {
    const inner = unwrap(node);
    if (inner.type === "MemberExpression") {
      const member = this.memberOfThis(inner);
      if (member?.type === "PropertyDefinition" || member?.type === "MethodDefinition") {
        return member.value ? unwrap(member.value) : null;
      }
      return null;
    }
    if (inner.type !== "Identifier") return null;
    const variable = this.variableOf(inner);
    const def = variable?.defs[0];
    if (def?.type === "FunctionName") return def.node as Node;
    if (def?.type !== "Variable" || def.node.id.type !== "Identifier") return null;
    const init = constantOf(variable);
    return init === null ? null : unwrap(init);
  }

  /** Whether a call makes a coroutine of ours, or gives a future, as far as the file tells. */
  madeBy(node: Node): "coroutine" | "future" | null {
    const call = unwrap(node);
    if (call.type !== "CallExpression" || !this.usesAsyncio) return null;
    const name = this.nameOf(call.callee);
    if (name !== null) {
      if (coroutineFunctions.has(name)) return "coroutine";
      return futureFunctions.has(name) ? "future" : null;
    }
    const definition = this.definitionOf(call.callee);
    if (definition?.type === "CallExpression" && this.nameOf(definition.callee) === "coroutine") return "coroutine";
    const callee = unwrap(call.callee);
    if (callee.type !== "MemberExpression") return null;
    const owner = this.classOf(callee.object as Node);
    const method = propertyName(callee);
    if (owner === null || method === null) return null;
    if (coroutineMethods[owner]?.includes(method)) return "coroutine";
    return futureMethods[owner]?.includes(method) ? "future" : null;
  }

  /** Whether a call is one of ours: of an export, or of a method of an instance. */
  isOurCall(node: Node): boolean {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
    if (this.nameOf(node.callee) !== null) return true;
    const callee = unwrap(node.callee);
    return callee.type === "MemberExpression" && this.classOf(callee.object as Node) !== null;
  }

  variableOf(node: ESTree.Identifier): Scope.Variable | null {
    let scope: Scope.Scope | null = this.code.getScope(node);
    for (; scope !== null; scope = scope.upper) {
      const variable = scope.set.get(node.name);
      if (variable !== undefined) return variable;
    }
    return null;
  }

  /** Whether a name is a global one, such as `Promise`, and nobody's own. */
  isGlobal(node: Node, name: string): boolean {
    return node.type === "Identifier" && node.name === name && !this.variableOf(node)?.defs.length;
  }

  /** Names may be defined in terms of themselves. */
  private once<T>(node: Node, find: () => T): T | null {
    if (this.visiting.has(node)) return null;
    this.visiting.add(node);
    try {
      return find();
    } finally {
      this.visiting.delete(node);
    }
  }
}

export function isOurs(source: unknown): boolean {
  return typeof source === "string" && /^(asyncio-ts($|\/)|@asyncio-ts\/)/.test(source);
}

function moduleExport(source: string, name: string | null): Export | null {
  const match = /^asyncio-ts(?:\/(.+))?$/.exec(source);
  return match === null ? null : { path: match[1] ?? "", name };
}

function memberOf(owner: Export | null, name: string | null): Export | null {
  return owner === null || owner.name !== null || name === null ? null : { path: owner.path, name };
}

function exportName({ path, name }: Export): string | null {
  return path === "" || name === null ? name : `${path}/${name}`;
}

/** The module of `require("…")` and `await import("…")`. */
function moduleOf(node: Node): string | null {
  if (node.type === "AwaitExpression" && node.argument.type === "ImportExpression") {
    return stringOf(node.argument.source);
  }
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return null;
  return stringOf(node.arguments[0]);
}

/** The value of a variable that has one for its whole life. */
function constantOf(variable: Scope.Variable | null | undefined): Node | null {
  const def = variable?.defs[0];
  if (variable?.defs.length !== 1 || def?.type !== "Variable" || !def.node.init) return null;
  const writes = variable.references.filter((reference) => reference.isWrite());
  return writes.length === 1 ? def.node.init : null;
}

function destructuredName(pattern: ESTree.Pattern, name: ESTree.Identifier): string | null {
  if (pattern.type !== "ObjectPattern") return null;
  for (const property of pattern.properties) {
    if (property.type === "Property" && property.value === name) return propertyName(property);
  }
  return null;
}

function asOne(classes: string | readonly string[] | undefined): string | null {
  return typeof classes === "string" ? classes : null;
}

function asMany(classes: string | readonly string[] | undefined): readonly string[] {
  return typeof classes === "object" ? classes : [];
}
