import type { Rule } from "eslint";
import type * as ESTree from "estree";
import { containsDirectly, isFunction, type Node, parentOf, propertyName, unwrap, wrapped } from "./ast.ts";
import { type Bindings, bindingsOf } from "./bindings.ts";
import { type Types, typesOf } from "./types.ts";

/** What the expressions of a file give: by their types where the parser knows them, else by what the file itself tells. */
export class Kinds {
  readonly bindings: Bindings;
  private readonly types: Types | null;

  constructor(context: Rule.RuleContext) {
    this.bindings = bindingsOf(context);
    this.types = typesOf(context);
  }

  /** Whether the rules have anything to say about the file at all. */
  get relevant(): boolean {
    return this.types !== null || this.bindings.usesAsyncio;
  }

  of(node: Node): "coroutine" | "future" | null {
    const kind = this.types?.kindOf(node) ?? this.bindings.madeBy(node);
    return kind === "coroutine" || kind === "future" ? kind : null;
  }

  /** Whether an expression gives a promise that is not ours. */
  isPromise(node: Node): boolean {
    const kind = this.types?.kindOf(node);
    return kind === undefined || kind === null ? this.looksLikePromise(unwrap(node)) : kind === "promise";
  }

  /** Whether calling what `node` names gives a promise. */
  isAsyncFunction(node: Node): boolean {
    const inner = unwrap(node);
    if (isFunction(inner)) return inner.async === true && inner.generator !== true;
    const definition = this.bindings.definitionOf(inner);
    return isFunction(definition) && definition.async === true && definition.generator !== true;
  }

  private looksLikePromise(node: Node): boolean {
    if (node.type === "ImportExpression") return true;
    if (node.type === "NewExpression") return this.bindings.isGlobal(node.callee, "Promise");
    if (node.type !== "CallExpression") return false;
    const callee = unwrap(node.callee);
    if (this.bindings.isGlobal(callee, "fetch") || this.isAsyncFunction(callee)) return true;
    if (callee.type !== "MemberExpression") return false;
    if (this.bindings.isGlobal(callee.object as Node, "Promise")) return true;
    const method = propertyName(callee);
    return (method === "then" || method === "catch" || method === "finally") && this.isPromise(callee.object as Node);
  }

  /** Whether an expression is an instance of one of the classes: `"EventLoop"`, `"concurrent/ThreadPoolExecutor"`. */
  classAmong(node: Node, classes: Iterable<string>): string | null {
    const found = this.bindings.classOf(node);
    const names = this.types?.classesOf(node);
    for (const name of classes) {
      if (name === found || names?.has(name.slice(name.indexOf("/") + 1))) return name;
    }
    return null;
  }

  /**
   * Whether a generator function is the body of a coroutine, as far as the file tells: it, or what its call gives, is
   * handed to asyncio-ts, or it awaits something of ours itself. Others yield what they like.
   */
  isCoroutineBody(fn: ESTree.Function): boolean {
    if (!fn.generator || fn.async) return false;
    if (this.isHandedOver(fn)) return true;
    const name = fn.type === "FunctionDeclaration" ? fn.id : constantName(fn);
    const variable = name === null ? null : this.bindings.variableOf(name);
    const used = variable?.references.some(({ identifier }) => {
      const use = identifier as Node;
      const parent = parentOf(use);
      const called = parent?.type === "CallExpression" && parent.callee === use;
      return this.isHandedOver(called ? parent : use);
    });
    if (used) return true;
    // A method's class may hand it over anywhere: what it awaits tells.
    return this.awaitsOurs(fn);
  }

  /** Whether an expression is an argument of a call of ours, and not spread there. */
  isHandedOver(node: Node): boolean {
    const outer = wrapped(node);
    const parent = parentOf(outer);
    if (parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return false;
    return parent.callee !== outer && this.bindings.isOurCall(parent);
  }

  private awaitsOurs(fn: ESTree.Function): boolean {
    return containsDirectly(fn.body, this.bindings.code, (node) => {
      if (node.type !== "YieldExpression" || !node.delegate || !node.argument) return false;
      return this.of(node.argument) !== null;
    });
  }
}

/** `const name = function* () {}` */
function constantName(fn: Node): ESTree.Identifier | null {
  const outer = wrapped(fn);
  const parent = parentOf(outer);
  return parent?.type === "VariableDeclarator" && parent.init === outer && parent.id.type === "Identifier"
    ? parent.id
    : null;
}
