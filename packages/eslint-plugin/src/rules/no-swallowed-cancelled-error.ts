import { isBuiltin } from "node:module";
import type { Rule } from "eslint";
import type * as ESTree from "estree";
import {
  contains,
  enclosingFunction,
  isFunction,
  type Node,
  parentOf,
  propertyName,
  unwrap,
  walk,
  wrapped,
} from "../ast.ts";
import { swallowingHandler, swallows } from "../catch-paths.ts";
import { planImport } from "../imports.ts";
import { Kinds } from "../kinds.ts";
import { outsideMethods, outsideOfTasks } from "../names.ts";

/**
 * A cancellation comes as an error at the await where a task waits, and a JavaScript `catch` takes every error. A catch
 * that goes on with it leaves a task that nobody can stop.
 */
export const noSwallowedCancelledError: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "Disallow `catch` around awaits that swallows the cancellation of the task" },
    hasSuggestions: true,
    schema: [],
    messages: {
      swallowed:
        "This catch swallows a cancellation of the task, which then runs on: begin with " +
        "`if (isCancelled(error)) throw error;`, or rethrow what you do not expect.",
      rethrow: "Rethrow cancellations first.",
    },
  },
  create(context) {
    const kinds = new Kinds(context);
    const { bindings } = kinds;
    if (!bindings.usesAsyncio) return {};
    const { sourceCode } = context;

    function checkTry(node: ESTree.TryStatement): void {
      const { handler } = node;
      if (!handler || !runsInTask(node) || !mayBeCancelled(node.block)) return;
      if (!swallows(handler.body, handler.param, bindings)) return;
      context.report({
        node: handler,
        loc: sourceCode.getFirstToken(handler)!.loc,
        messageId: "swallowed",
        suggest: suggestRethrow(handler),
      });
    }

    /** Code of a module itself, and of functions that cannot wait, is no task's. */
    function runsInTask(node: Node): boolean {
      const fn = enclosingFunction(node);
      return fn !== null && (fn.async === true || fn.generator === true);
    }

    /** Whether there is an await below `block` at which a cancellation can come out of it. */
    function mayBeCancelled(block: Node): boolean {
      let found = false;
      walk(block, sourceCode, (node) => {
        if (found || isFunction(node)) return false;
        if (node.type === "TryStatement" && node.handler && swallows(node.handler.body, node.handler.param, bindings)) {
          // What comes out of its block ends in its own catch, where it is reported.
          found = mayBeCancelled(node.handler.body) || (!!node.finalizer && mayBeCancelled(node.finalizer));
          return false;
        }
        found = isCancellable(node);
        return !found;
      });
      return found;
    }

    function isCancellable(node: Node): boolean {
      if (node.type === "AwaitExpression")
        return !isForeign(unwrap(node.argument)) && !isHandled(unwrap(node.argument));
      if (node.type === "ForOfStatement") return node.await;
      if (node.type === "VariableDeclaration") return (node.kind as string) === "await using";
      if (node.type !== "YieldExpression") return false;
      const fn = enclosingFunction(node);
      if (fn === null || fn.async) return false;
      if (node.delegate) return node.argument !== null && unwrap(node.argument!).type !== "ArrayExpression";
      return kinds.isCoroutineBody(fn);
    }

    /** `f().catch(…)`: its handler has the cancellation, and is judged by itself. */
    function isHandled(node: Node): boolean {
      return node.type === "CallExpression" && handlerOf(node) !== null;
    }

    /** Awaits at which no cancellation arrives: of other libraries' promises, as long as no signal is in play. */
    function isForeign(node: Node): boolean {
      if (node.type === "ImportExpression") return true;
      if (node.type !== "CallExpression") return false;
      if (isOutsideOfTasks(node)) return true;
      const root = rootOf(node.callee);
      return isForeignName(root) && !contains(node, sourceCode, isSignal);
    }

    /** `await run(main)` waits for a loop of its own. */
    function isOutsideOfTasks(call: ESTree.SimpleCallExpression): boolean {
      const name = bindings.nameOf(call.callee);
      if (name !== null) return outsideOfTasks.has(name);
      const callee = unwrap(call.callee);
      if (callee.type !== "MemberExpression") return false;
      const owner = kinds.classAmong(callee.object as Node, Object.keys(outsideMethods));
      return owner !== null && outsideMethods[owner]!.includes(propertyName(callee) ?? "");
    }

    function isForeignName(root: Node): boolean {
      if (root.type !== "Identifier") return false;
      if (bindings.isGlobal(root, "fetch")) return true;
      const def = bindings.variableOf(root)?.defs[0];
      return def?.type === "ImportBinding" && isBuiltin(String(def.parent.source.value));
    }

    function checkCall(node: ESTree.SimpleCallExpression): void {
      const handler = handlerOf(node);
      if (handler === null || !isAwaited(node)) return;
      const callee = unwrap(node.callee) as ESTree.MemberExpression;
      if (isForeign(unwrap(callee.object as Node)) || !swallowingHandler(handler, bindings)) return;
      context.report({ node: callee.property, messageId: "swallowed" });
    }

    /** The function that gets the errors in `f().catch(fn)` and `f().then(…, fn)`. */
    function handlerOf(node: ESTree.SimpleCallExpression): Node | null {
      const callee = unwrap(node.callee);
      const method = callee.type === "MemberExpression" ? propertyName(callee) : null;
      const handler = method === "catch" ? node.arguments[0] : method === "then" ? node.arguments[1] : undefined;
      return handler ?? null;
    }

    /** Whether a task waits for the call: a mere listener, such as `task.catch(log)`, takes nothing from anybody. */
    function isAwaited(node: Node): boolean {
      const outer = wrapped(node);
      const parent = parentOf(outer);
      if (parent?.type === "AwaitExpression") return enclosingFunction(parent) !== null;
      if (
        parent?.type === "MemberExpression" &&
        parent.object === outer &&
        /^(then|finally)$/.test(propertyName(parent) ?? "")
      ) {
        const call = parentOf(parent);
        return call?.type === "CallExpression" && call.callee === parent && isAwaited(call);
      }
      const returns = parent?.type === "ReturnStatement" || (isFunction(parent) && parent.body === outer);
      const fn = isFunction(parent) ? parent : returns ? enclosingFunction(node) : null;
      return fn !== null && (fn.async === true || kinds.isHandedOver(fn));
    }

    function suggestRethrow({ param, body }: ESTree.CatchClause): Rule.SuggestionReportDescriptor[] {
      const imported = planImport(bindings, "isCancelled");
      if (imported === null || (param && param.type !== "Identifier")) return [];
      const error = param?.name ?? (/\berror\b/.test(sourceCode.getText(body)) ? "cancellation" : "error");
      return [
        {
          messageId: "rethrow",
          *fix(fixer) {
            yield* imported.edit(fixer);
            const [first] = body.body;
            if (!param) yield fixer.insertTextBefore(body, `(${error}) `);
            const line = `if (${imported.name}(${error})) throw ${error};`;
            const indent = first ? /^[ \t]*/.exec(sourceCode.lines[first.loc!.start.line - 1]!)![0] : "";
            const ownLine = first !== undefined && first.loc!.start.line > body.loc!.start.line;
            const open = sourceCode.getFirstToken(body)!;
            yield fixer.insertTextAfter(open, ownLine ? `\n${indent}${line}` : first ? ` ${line}` : ` ${line} `);
          },
        },
      ];
    }

    return { TryStatement: checkTry, CallExpression: (node) => checkCall(node as ESTree.SimpleCallExpression) };
  },
};

/** Where a chain of calls and properties begins: `fs` in `fs.promises.readFile(path)`, `fetch` in `fetch(url).then(…)`. */
function rootOf(node: Node): Node {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return rootOf(inner.object as Node);
  return inner.type === "CallExpression" ? rootOf(inner.callee) : inner;
}

function isSignal(node: Node): boolean {
  return node.type === "Identifier" && /signal/i.test(node.name);
}
