import type { Rule, Scope } from "eslint";
import type * as ESTree from "estree";
import { isFunction, type Node, propertyName, unwrap } from "../ast.ts";
import { planImport } from "../imports.ts";
import { Kinds } from "../kinds.ts";
import { workerFunctions, workerMethods } from "../names.ts";

/** A worker has an isolate or a process of its own: a function cannot take the variables around it there. */
export const noClosureForExecutor: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "Disallow bare functions for executors: a worker cannot see what they close over" },
    hasSuggestions: true,
    schema: [],
    messages: {
      closure:
        "{{taker}}() runs the function in a worker, which cannot see the variables around it: " +
        "export it from a module and refer to it with workerModule(), or send its source with inline(captures, fn).",
      inline: "Send its source: `inline({{captures}}, …)`.",
    },
  },
  create(context) {
    const kinds = new Kinds(context);
    const { bindings } = kinds;
    if (!kinds.relevant) return {};
    const { sourceCode } = context;

    function check(call: ESTree.SimpleCallExpression | ESTree.NewExpression): void {
      const taker = takerOf(call);
      if (taker === null) return;
      const [name, place] = taker;
      const given = call.arguments[place];
      if (given === undefined) return;
      const fn = unwrap(given);
      if (!isFunction(fn) && !isFunction(bindings.definitionOf(fn))) return;
      context.report({
        node: given,
        messageId: "closure",
        data: { taker: name },
        suggest: fn.type === "ArrowFunctionExpression" ? suggestInline(fn) : [],
      });
    }

    function takerOf(call: ESTree.SimpleCallExpression | ESTree.NewExpression): [name: string, place: number] | null {
      const name = bindings.nameOf(call.callee);
      if (name !== null) {
        const place = Object.hasOwn(workerFunctions, name) ? workerFunctions[name]! : null;
        return place === null ? null : [name.slice(name.indexOf("/") + 1), place];
      }
      const callee = unwrap(call.callee);
      const method = callee.type === "MemberExpression" ? propertyName(callee) : null;
      if (callee.type !== "MemberExpression" || method === null) return null;
      const owners = Object.keys(workerMethods).filter((each) => Object.hasOwn(workerMethods[each]!, method));
      if (owners.length === 0) return null;
      const owner = kinds.classAmong(callee.object as Node, owners);
      return owner === null ? null : [method, workerMethods[owner]![method]!];
    }

    /** `(x) => k * x` becomes `inline({ k }, ({ k }, x) => k * x)`, when all it takes along can be sent. */
    function suggestInline(fn: ESTree.ArrowFunctionExpression): Rule.SuggestionReportDescriptor[] {
      const captured = capturesOf(fn);
      const imported = planImport(bindings, "inline", "concurrent");
      if (captured === null || imported === null) return [];
      const captures = captured.length === 0 ? "{}" : `{ ${captured.join(", ")} }`;
      const parameter = captured.length === 0 ? "_" : captures;
      return [
        {
          messageId: "inline",
          data: { captures },
          *fix(fixer) {
            yield* imported.edit(fixer);
            yield fixer.insertTextBefore(fn, `${imported.name}(${captures}, `);
            const before = fn.params[0];
            const open = sourceCode.getFirstToken(fn, { filter: (token) => token.value === "(" });
            const inParentheses = open !== null && (before === undefined || open.range[1] <= before.range![0]);
            if (inParentheses) yield fixer.insertTextAfter(open, before === undefined ? parameter : `${parameter}, `);
            else yield fixer.replaceText(before!, `(${parameter}, ${sourceCode.getText(before)})`);
            yield fixer.insertTextAfter(fn, ")");
          },
        },
      ];
    }

    /** The variables of this file that a function uses; null when one of them is no plain value. */
    function capturesOf(fn: ESTree.ArrowFunctionExpression): string[] | null {
      const scope = sourceCode.scopeManager.acquire(fn);
      if (scope === null || fn.async || usesThis(scope)) return null;
      const names = new Set<string>();
      for (const reference of scope.through) {
        const def = reference.resolved?.defs[0];
        if (def === undefined) continue;
        const value = def.type === "Variable" ? def.node.init : null;
        if ((def.type !== "Variable" && def.type !== "Parameter") || isFunction(value) || reference.isWrite())
          return null;
        names.add(reference.identifier.name);
      }
      return [...names];
    }

    function usesThis(scope: Scope.Scope): boolean {
      return /\bthis\b|\bsuper\b/.test(sourceCode.getText(scope.block as Node));
    }

    return { CallExpression: (node) => check(node as ESTree.SimpleCallExpression), NewExpression: check };
  },
};
