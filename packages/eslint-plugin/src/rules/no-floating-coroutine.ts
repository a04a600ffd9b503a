import type { Rule } from "eslint";
import type * as ESTree from "estree";
import { enclosingFunction, isFunction, type Node, parentOf, propertyName, unwrap, wrapped } from "../ast.ts";
import { Kinds } from "../kinds.ts";

/** Functions that call what they are given and drop its result. */
const droppers = new Set(["queueMicrotask", "setImmediate", "setInterval", "setTimeout"]);

/**
 * A coroutine is lazy: one that is made and neither awaited nor handed on never runs. And `yield` without the star hands
 * it to whoever drives the generator, which is an error at run time.
 */
export const noFloatingCoroutine: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "Disallow coroutines that are made and never awaited, and `yield` without its star" },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      floating:
        "`{{call}}` only makes a coroutine, nothing has started: await it (`await`, `yield*`), or hand it to createTask().",
      dropped:
        "The coroutine that this function returns is dropped by `{{caller}}` and never starts: hand it to createTask().",
      star: "`yield` does not wait for `{{call}}`: write `yield*`.",
      addAwait: "Await it.",
      addYield: "Await it with `yield*`.",
    },
  },
  create(context) {
    const kinds = new Kinds(context);
    if (!kinds.relevant) return {};
    const { sourceCode } = context;

    function checkDropped(node: Node): void {
      const inner = unwrap(node);
      if (inner.type === "SequenceExpression") for (const each of inner.expressions) checkDropped(each);
      else if (inner.type === "LogicalExpression") checkDropped(inner.right);
      else if (inner.type === "ConditionalExpression") {
        checkDropped(inner.consequent);
        checkDropped(inner.alternate);
      } else if (inner.type === "UnaryExpression" && inner.operator === "void") {
        // It silences the rules about promises. Those run all the same; a coroutine does not.
        checkDropped(inner.argument);
      } else if (inner.type === "CallExpression" && !givesItsArgument(inner) && kinds.of(inner) === "coroutine") {
        context.report({
          node: inner,
          messageId: "floating",
          data: { call: short(sourceCode.getText(inner)) },
          suggest: suggestions(node, inner),
        });
      }
    }

    /** `Object.assign(coroutine, …)` */
    function givesItsArgument({ callee }: ESTree.SimpleCallExpression): boolean {
      return callee.type === "MemberExpression" && kinds.bindings.isGlobal(callee.object, "Object");
    }

    function suggestions(dropped: Node, call: Node): Rule.SuggestionReportDescriptor[] {
      // `void f()` would become `void await f()`.
      const outer = wrapped(dropped);
      if (parentOf(outer)?.type !== "ExpressionStatement") return [];
      const fn = enclosingFunction(call);
      if (fn?.generator && !fn.async) {
        return [{ messageId: "addYield", fix: (fixer) => fixer.insertTextBefore(outer, "yield* ") }];
      }
      const canAwait = fn === null ? sourceCode.ast.sourceType === "module" : fn.async;
      return canAwait ? [{ messageId: "addAwait", fix: (fixer) => fixer.insertTextBefore(outer, "await ") }] : [];
    }

    function checkYield(node: ESTree.YieldExpression): void {
      if (node.delegate || !node.argument || kinds.of(node.argument) === null) return;
      const fn = enclosingFunction(node);
      if (fn === null || !kinds.isCoroutineBody(fn)) return;
      context.report({
        node,
        messageId: "star",
        data: { call: short(sourceCode.getText(node.argument)) },
        fix: (fixer) => fixer.insertTextAfter(sourceCode.getFirstToken(node)!, "*"),
      });
    }

    /** `items.forEach((item) => queue.put(item))` */
    function checkCallback(node: ESTree.CallExpression): void {
      const callback = node.arguments[0];
      if (!isFunction(callback) || callback.async || callback.generator || callback.body.type === "BlockStatement")
        return;
      const callee = unwrap(node.callee);
      const name =
        callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? propertyName(callee) : null;
      const drops = callee.type === "Identifier" ? droppers.has(callee.name) : name === "forEach";
      if (!drops || kinds.of(callback.body) !== "coroutine") return;
      context.report({ node: callback.body, messageId: "dropped", data: { caller: `${name}()` } });
    }

    return {
      ExpressionStatement: (node) => checkDropped(node.expression),
      YieldExpression: checkYield,
      CallExpression: checkCallback,
    };
  },
};

/** Source text that fits into a message. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 40 ? line : `${line.slice(0, 37)}...`;
}
