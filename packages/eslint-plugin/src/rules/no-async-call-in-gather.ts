import type { Rule } from "eslint";
import type * as ESTree from "estree";
import { containsDirectly, isFunction, type Node, propertyName, unwrap } from "../ast.ts";
import { Kinds } from "../kinds.ts";
import { coroutineTakers, coroutineTakingMethods } from "../names.ts";
import { short } from "./no-floating-coroutine.ts";

/**
 * `gather(fetchUser())`, where fetchUser is a plain async function, passes a promise: it runs already, outside of any
 * task, and a cancellation cannot reach it. `() => fetchUser()` passes the work itself.
 */
export const noAsyncCallInGather: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: {
      description: "Disallow promises where asyncio-ts takes coroutines: they run already and cannot be cancelled",
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      running:
        "`{{call}}` runs already when {{taker}}() gets its promise, and cannot be cancelled: write `() => {{call}}`.",
      constructed:
        "This promise runs already when {{taker}}() gets it, and cannot be cancelled: pass a function that starts the work, or wrapPromise((signal) => …).",
      mapped:
        "`{{text}}` starts all its calls before {{taker}}() gets the promises, and they cannot be cancelled: map to functions, `(item) => () => …`.",
      wrap: "Pass a function: `() => {{call}}`.",
      wrapMapped: "Map to functions.",
    },
  },
  create(context) {
    const kinds = new Kinds(context);
    const { bindings } = kinds;
    if (!kinds.relevant) return {};
    const { sourceCode } = context;

    function checkCall(call: ESTree.SimpleCallExpression): void {
      const taker = takerOf(call);
      if (taker === null) return;
      const [name, takes] = taker;
      const first = call.arguments[0];
      if (first === undefined) return;
      if (takes === "first") return checkItem(first, name);
      const inner = unwrap(first);
      // gather([a(), b()]) is gather(a(), b()), and takes options behind the list.
      if (isList(inner) || takes === "list") checkList(inner, name);
      else for (const argument of call.arguments) checkItem(argument, name);
    }

    function takerOf(call: ESTree.SimpleCallExpression): [name: string, takes: "first" | "list" | "arguments"] | null {
      const name = bindings.nameOf(call.callee);
      if (name !== null) return Object.hasOwn(coroutineTakers, name) ? [name, coroutineTakers[name]!] : null;
      const callee = unwrap(call.callee);
      if (callee.type !== "MemberExpression") return null;
      const method = propertyName(callee);
      const owners = Object.keys(coroutineTakingMethods).filter((each) =>
        coroutineTakingMethods[each]!.includes(method ?? ""),
      );
      if (method === null || owners.length === 0) return null;
      return kinds.classAmong(callee.object as Node, owners) === null ? null : [method, "first"];
    }

    function isList(node: Node): boolean {
      return node.type === "ArrayExpression" || mapCallback(node) !== null || isSet(node);
    }

    function isSet(node: Node): node is ESTree.NewExpression {
      return node.type === "NewExpression" && bindings.isGlobal(node.callee, "Set");
    }

    function checkList(node: Node, taker: string): void {
      if (node.type === "ArrayExpression") for (const each of node.elements) each && checkItem(each, taker);
      else if (isSet(node)) node.arguments[0] && checkList(unwrap(node.arguments[0]), taker);
      else checkMap(node, taker);
    }

    function checkItem(item: Node, taker: string): void {
      if (item.type === "SpreadElement") return checkList(unwrap(item.argument), taker);
      const inner = unwrap(item);
      if (!isWork(inner) || !kinds.isPromise(inner)) return;
      const call = short(sourceCode.getText(item));
      context.report({
        node: item,
        messageId: inner.type === "NewExpression" ? "constructed" : "running",
        data: { call, taker },
        suggest: canMove(item)
          ? [{ messageId: "wrap", data: { call }, fix: (fixer) => fixer.insertTextBefore(item, "() => ") }]
          : [],
      });
    }

    /** `urls.map((url) => load(url))` and `Array.from(urls, load)`. */
    function checkMap(node: Node, taker: string): void {
      const callback = mapCallback(node);
      if (callback === null) return;
      const fn = unwrap(callback);
      if (isFunction(fn) && !fn.async) {
        if (fn.body.type !== "BlockStatement") checkItem(fn.body, taker);
        return;
      }
      if (!kinds.isAsyncFunction(callback)) return;
      context.report({
        node: callback,
        messageId: "mapped",
        data: { text: short(sourceCode.getText(node)), taker },
        suggest: isFunction(fn) ? suggestMapped(fn) : [],
      });
    }

    /** `async (url) => { … }` becomes `(url) => async () => { … }`. */
    function suggestMapped(fn: ESTree.Function): Rule.SuggestionReportDescriptor[] {
      if (fn.type !== "ArrowFunctionExpression") return [];
      const [asyncWord, next] = sourceCode.getFirstTokens(fn, 2);
      const arrow = sourceCode.getTokenBefore(fn.body, { filter: (token) => token.value === "=>" });
      // A return type would be that of the outer function.
      if (!asyncWord || !next || !arrow || (fn as { readonly returnType?: unknown }).returnType) return [];
      const fix = (fixer: Rule.RuleFixer): Rule.Fix[] => [
        fixer.removeRange([asyncWord.range[0], next.range[0]]),
        fixer.insertTextAfter(arrow, " async () =>"),
      ];
      return [{ messageId: "wrapMapped", fix }];
    }

    /** Calls and constructions start something; a name stands for what was started elsewhere, on purpose. */
    function isWork(node: Node): boolean {
      return node.type === "CallExpression" || node.type === "NewExpression" || node.type === "ImportExpression";
    }

    function canMove(node: Node): boolean {
      return !containsDirectly(
        node,
        sourceCode,
        ({ type }) => type === "AwaitExpression" || type === "YieldExpression",
      );
    }

    return { CallExpression: (node) => checkCall(node as ESTree.SimpleCallExpression) };
  },
};

/** The function that makes the items of a list. */
function mapCallback(node: Node): Node | null {
  if (node.type !== "CallExpression") return null;
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return null;
  const method = propertyName(callee);
  if (method === "map") return node.arguments[0] ?? null;
  const isArray = callee.object.type === "Identifier" && callee.object.name === "Array";
  return method === "from" && isArray ? (node.arguments[1] ?? null) : null;
}
