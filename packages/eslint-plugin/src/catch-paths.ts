// What becomes of a cancellation in a catch block: the block is run in thought with a CancelledError, along all paths
// that its conditions leave open.
import type * as ESTree from "estree";
import {
  contains,
  containsDirectly,
  type FunctionNode,
  type Node,
  parentOf,
  propertyName,
  stringOf,
  unwrap,
} from "./ast.ts";
import type { Bindings } from "./bindings.ts";

/** Whether a condition holds for a CancelledError; "asked" when it looks at the error in a way we cannot follow. */
type Truth = boolean | "asked" | "unknown";
/** How a path ends: it throws, it goes on behind the statement, or it leaves by return, break or continue. */
type End = "throw" | "next" | "leave";

/** Names of functions that throw what they are given, or check it and throw. */
const throwing = /^(re)?throw|^(assert|expect|ensure|fail|raise|reject|exit|setException)/i;
/** Asking for these is asking for the cancellation. */
const questions = new Set(["aborted", "cancelCalled", "cancelled", "cancelledCaught", "cancelling", "uncancel"]);

/**
 * Whether a CancelledError that comes into `body` under the name of `param` ends there. `around` is where its function
 * goes on: the catch clause itself, or a handler that is a function of its own.
 */
export function swallows(body: Node, param: Node | null | undefined, bindings: Bindings, around = body): boolean {
  const paths = new CatchPaths(param, bindings);
  return !paths.asksForCancellation(body) && !paths.keepsError(body, around) && paths.endsIn(body);
}

class CatchPaths {
  private readonly bindings: Bindings;
  /** Names for the error itself, and for what was taken from it. */
  private readonly errors = new Set<string>();
  private readonly derived = new Set<string>();

  constructor(param: Node | null | undefined, bindings: Bindings) {
    this.bindings = bindings;
    if (param) this.bind(param, true);
  }

  private bind(pattern: Node, whole: boolean): void {
    if (pattern.type === "Identifier") (whole ? this.errors : this.derived).add(pattern.name);
    else if (pattern.type === "AssignmentPattern") this.bind(pattern.left, whole);
    else if (pattern.type === "ObjectPattern") {
      for (const each of pattern.properties) this.bind(each.type === "Property" ? each.value : each.argument, false);
    }
  }

  endsIn(body: Node): boolean {
    const ends = body.type === "BlockStatement" ? this.endsOf(body) : this.endsOfResult(body);
    return ends.has("next") || ends.has("leave");
  }

  /** Whoever asks for the cancellation anywhere in the block knows of it, and may do with it what they like. */
  asksForCancellation(body: Node): boolean {
    return contains(body, this.bindings.code, (node) => {
      if (node.type === "Identifier") {
        if (node.name === "isCancelled" || node.name === "CancelledError") return true;
        const name = this.bindings.nameOf(node);
        return name === "isCancelled" || name === "CancelledError";
      }
      if (stringOf(node) === "CancelledError") return true;
      return node.type === "MemberExpression" && questions.has(propertyName(node) ?? "");
    });
  }

  /** `failure = error` or `errors.push(error)`, and a `throw` of it behind the block. */
  keepsError(body: Node, around: Node): boolean {
    const kept = new Set<string>();
    const { code } = this.bindings;
    containsDirectly(body, code, (node) => {
      const target = this.keeperOf(node);
      if (target?.type === "Identifier") kept.add(target.name);
      return false;
    });
    if (kept.size === 0) return false;
    let outside: Node = around;
    for (let up = parentOf(around); up !== null && !/Function/.test(up.type); up = parentOf(up)) outside = up;
    return containsDirectly(outside, code, (node) => {
      if (node.type !== "ThrowStatement") return false;
      return contains(node, code, (each) => each.type === "Identifier" && kept.has(each.name));
    });
  }

  private keeperOf(node: Node): Node | null {
    if (node.type === "AssignmentExpression") return this.isError(node.right) ? (node.left as Node) : null;
    if (node.type !== "CallExpression" || !node.arguments.some((each) => this.isError(each))) return null;
    const callee = unwrap(node.callee);
    return callee.type === "MemberExpression" && propertyName(callee) === "push" ? unwrap(callee.object as Node) : null;
  }

  private endsOf(node: Node): Set<End> {
    switch (node.type) {
      case "ThrowStatement":
        return new Set(["throw"]);
      case "ReturnStatement":
        return node.argument ? this.endsOfResult(node.argument) : new Set(["leave"]);
      case "BreakStatement":
      case "ContinueStatement":
        return new Set(["leave"]);
      case "BlockStatement":
        return this.endsOfSequence(node.body);
      case "LabeledStatement":
        return this.endsOf(node.body);
      case "ExpressionStatement":
        return this.endsOfExpression(node.expression);
      case "VariableDeclaration":
        this.follow(node);
        return new Set(["next"]);
      case "IfStatement": {
        const otherwise = (): Set<End> => (node.alternate ? this.endsOf(node.alternate) : new Set(["next"]));
        return this.endsOfChoice(node.test, () => this.endsOf(node.consequent), otherwise);
      }
      case "SwitchStatement":
        return this.endsOfSwitch(node);
      case "TryStatement":
        return this.endsOfTry(node);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return new Set<End>(["next", ...this.endsOf(node.body)]);
      default:
        return new Set(["next"]);
    }
  }

  private endsOfSequence(statements: readonly Node[]): Set<End> {
    const all = new Set<End>();
    for (const statement of statements) {
      const ends = this.endsOf(statement);
      for (const end of ends) if (end !== "next") all.add(end);
      if (!ends.has("next")) return all;
    }
    return all.add("next");
  }

  private endsOfChoice(test: Node, yes: () => Set<End>, no: () => Set<End>): Set<End> {
    const truth = this.truthOf(test);
    if (truth === true) return yes();
    if (truth === false) return no();
    const [one, other] = [yes(), no()];
    const all = new Set([...one, ...other]);
    return truth === "asked" ? benefitOfDoubt(all) : all;
  }

  private endsOfSwitch({ discriminant, cases }: ESTree.SwitchStatement): Set<End> {
    const ends = new Set<End>();
    // A case without an end of its own falls through to the next.
    let falling = new Set<End>(["next"]);
    for (const each of [...cases].reverse()) {
      const own = this.endsOfSequence(each.consequent);
      if (own.delete("next")) for (const end of falling) own.add(end);
      falling = own;
      for (const end of own) ends.add(end);
    }
    const asks = this.mentions(discriminant) || cases.some(({ test }) => test && this.mentions(test));
    return asks ? benefitOfDoubt(ends.add("next")) : ends.add("next");
  }

  private endsOfTry({ block, handler, finalizer }: ESTree.TryStatement): Set<End> {
    const last = finalizer ? this.endsOf(finalizer) : new Set<End>(["next"]);
    if (!last.has("next")) return last;
    const ends = this.endsOf(block);
    if (handler) {
      ends.delete("throw");
      for (const end of this.endsOf(handler.body)) ends.add(end);
    }
    return ends;
  }

  /** Of an expression whose value does not matter. */
  private endsOfExpression(node: Node): Set<End> {
    const inner = unwrap(node);
    if (inner.type === "AwaitExpression") return this.endsOfExpression(inner.argument);
    if (inner.type === "AssignmentExpression") return this.endsOfExpression(inner.right);
    if (inner.type === "YieldExpression" && inner.argument) return this.endsOfExpression(inner.argument);
    if (inner.type === "ConditionalExpression") {
      const { test, consequent, alternate } = inner;
      return this.endsOfChoice(
        test,
        () => this.endsOfExpression(consequent),
        () => this.endsOfExpression(alternate),
      );
    }
    if (inner.type === "LogicalExpression" && inner.operator !== "??") {
      const right = (): Set<End> => this.endsOfExpression(inner.right);
      const skip = (): Set<End> => new Set(["next"]);
      return inner.operator === "&&"
        ? this.endsOfChoice(inner.left, right, skip)
        : this.endsOfChoice(inner.left, skip, right);
    }
    if (inner.type === "SequenceExpression") {
      return inner.expressions.some((each) => !this.endsOfExpression(each).has("next"))
        ? new Set(["throw"])
        : new Set(["next"]);
    }
    return new Set([this.throws(inner) ? "throw" : "next"]);
  }

  /** Of an expression that is returned. Whoever gets the error itself can still look at it. */
  private endsOfResult(node: Node): Set<End> {
    if (this.isError(node)) return new Set(["throw"]);
    const ends = this.endsOfExpression(node);
    if (ends.delete("next")) ends.add("leave");
    return ends;
  }

  /** `throwUnless(…)`, `expect(error)…`, `reject(error)`, `process.exit()`, `catchGroup(error, …)`. */
  private throws(node: Node): boolean {
    if (node.type !== "CallExpression") return false;
    const callee = unwrap(node.callee);
    if (this.bindings.nameOf(callee) === "catchGroup") return true;
    const name =
      callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? propertyName(callee) : null;
    if (name !== null && throwing.test(name))
      return name === "exit" || this.mentions(node) || node.arguments.length === 0;
    // expect(error).toBeInstanceOf(TimeoutError)
    return callee.type === "MemberExpression" && this.throws(unwrap(callee.object as Node));
  }

  /** `const { code } = error as SystemError` */
  private follow({ declarations }: ESTree.VariableDeclaration): void {
    for (const { id, init } of declarations) {
      if (!init) continue;
      if (this.isError(init)) this.bind(id, true);
      else if (this.mentions(init)) this.bind(id, false);
    }
  }

  private truthOf(node: Node): Truth {
    const inner = unwrap(node);
    if (this.isError(inner)) return true;
    if (inner.type === "UnaryExpression" && inner.operator === "!") return not(this.truthOf(inner.argument));
    if (inner.type === "LogicalExpression") {
      const [left, right] = [this.truthOf(inner.left), this.truthOf(inner.right)];
      if (inner.operator === "&&") return both(left, right);
      if (inner.operator === "||") return not(both(not(left), not(right)));
    }
    if (inner.type === "BinaryExpression") {
      const truth = this.truthOfComparison(inner);
      if (truth !== null) return truth;
    }
    return this.mentions(inner) ? "asked" : "unknown";
  }

  private truthOfComparison({ operator, left, right }: ESTree.BinaryExpression): Truth | null {
    if (operator === "instanceof") {
      if (!this.isError(left as Node)) return null;
      const name = lastName(unwrap(right));
      return name === "Error" || name === "Object" || name === "CancelledError";
    }
    if (!/^[!=]==?$/.test(operator)) return null;
    const equal =
      this.truthOfEquality(unwrap(left as Node), unwrap(right)) ??
      this.truthOfEquality(unwrap(right), unwrap(left as Node));
    return equal === null ? null : operator.startsWith("!") ? !equal : equal;
  }

  private truthOfEquality(one: Node, other: Node): boolean | null {
    if (this.isError(one)) return false;
    if (one.type === "UnaryExpression" && one.operator === "typeof" && this.isError(one.argument)) {
      return stringOf(other) === "object";
    }
    // What else has a name, a code or a constructor to compare is another error.
    if (one.type !== "MemberExpression" || !this.isError(one.object as Node)) return null;
    return /^(name|code|constructor|errno|status|statusCode)$/.test(propertyName(one) ?? "") ? false : null;
  }

  private isError(node: Node): boolean {
    const inner = unwrap(node);
    return inner.type === "Identifier" && this.errors.has(inner.name);
  }

  private mentions(node: Node): boolean {
    return contains(node, this.bindings.code, (each) => {
      return each.type === "Identifier" && (this.errors.has(each.name) || this.derived.has(each.name));
    });
  }
}

/** A handler that is given by name: of a function of this file, or one that is known to throw nothing. */
export function swallowingHandler(handler: Node, bindings: Bindings): boolean {
  const inner = unwrap(handler);
  if (inner.type === "MemberExpression") return bindings.isGlobal(inner.object as Node, "console");
  const definition = inner.type === "Identifier" ? bindings.definitionOf(inner) : inner;
  if (definition === null || !/Function/.test(definition.type)) return false;
  const { body, params } = definition as FunctionNode;
  return swallows(body, params[0], bindings, definition);
}

/** A condition about the error that we cannot judge may be the one that tells cancellations from the rest. */
function benefitOfDoubt(ends: ReadonlySet<End>): Set<End> {
  return new Set([ends.has("throw") ? "throw" : ends.has("next") ? "next" : "leave"]);
}

function lastName(node: Node): string | null {
  return node.type === "Identifier" ? node.name : node.type === "MemberExpression" ? propertyName(node) : null;
}

function not(truth: Truth): Truth {
  return typeof truth === "boolean" ? !truth : truth;
}

function both(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  if (left === true) return right;
  if (right === true) return left;
  return left === "asked" || right === "asked" ? "asked" : "unknown";
}
