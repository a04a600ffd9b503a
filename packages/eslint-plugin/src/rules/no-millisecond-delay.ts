import type { Rule } from "eslint";
import type * as ESTree from "estree";
import { type Node, propertyName, unwrap } from "../ast.ts";
import { Kinds } from "../kinds.ts";
import { type DelayPlace, delayFunctions, delayMethods } from "../names.ts";

/** Delays are seconds, as in asyncio. A number that is good for milliseconds waits a thousand times too long. */
export const noMillisecondDelay: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "Disallow delays that look like milliseconds: numbers are seconds" },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: { limit: { type: "number", minimum: 0 } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ limit: 100 }],
    messages: {
      long: "{{what}} takes seconds: this is {{duration}}. Write {{milliseconds}} or {{seconds}}.",
      named: "{{what}} takes seconds, and `{{text}}` looks like milliseconds. Write {{milliseconds}}.",
      slow: "slowCallbackDuration is in seconds: this is {{duration}}. Write {{seconds}}.",
      toMilliseconds: "Make it milliseconds: {{milliseconds}}.",
      toSeconds: "Say that seconds are meant: {{seconds}}.",
    },
  },
  create(context) {
    const kinds = new Kinds(context);
    const { bindings } = kinds;
    if (!bindings.usesAsyncio) return {};
    const { limit } = context.options[0] as { readonly limit: number };

    function checkCall(call: ESTree.CallExpression | ESTree.NewExpression): void {
      const name = bindings.nameOf(call.callee);
      if (name !== null) return checkPlaces(call, delayFunctions[name] ?? [], `${name.slice(name.indexOf("/") + 1)}()`);
      const callee = unwrap(call.callee);
      const method = callee.type === "MemberExpression" ? propertyName(callee) : null;
      if (method !== null && Object.hasOwn(delayMethods, method))
        checkPlaces(call, delayMethods[method]!, `${method}()`);
    }

    function checkPlaces(
      call: ESTree.CallExpression | ESTree.NewExpression,
      places: readonly DelayPlace[],
      what: string,
    ): void {
      for (const { argument, options } of places) {
        const given = call.arguments[argument];
        if (given === undefined || given.type === "SpreadElement") continue;
        if (options === undefined) {
          checkDelay(given, what);
        } else if (given.type === "ObjectExpression") {
          for (const property of given.properties) {
            if (property.type === "Property" && options.includes(propertyName(property) ?? "")) {
              checkDelay(property.value, what);
            }
          }
        }
      }
    }

    function checkDelay(node: Node, what: string): void {
      const value = numberOf(unwrap(node));
      const text = context.sourceCode.getText(node);
      if (value !== null && value >= limit && value < Number.POSITIVE_INFINITY) {
        const milliseconds = `"${value}ms"`;
        const seconds = `"${value}s"`;
        const replace = (delay: string) => (fixer: Rule.RuleFixer) => fixer.replaceText(node, delay);
        context.report({
          node,
          messageId: "long",
          data: { what, duration: durationOf(value), milliseconds, seconds },
          suggest: [
            { messageId: "toMilliseconds", data: { milliseconds }, fix: replace(milliseconds) },
            { messageId: "toSeconds", data: { seconds }, fix: replace(seconds) },
          ],
        });
      } else if (isNamedMilliseconds(unwrap(node))) {
        const milliseconds = `\`\${${text}}ms\``;
        context.report({
          node,
          messageId: "named",
          data: { what, text, milliseconds },
          suggest: [
            {
              messageId: "toMilliseconds",
              data: { milliseconds },
              fix: (fixer) => fixer.replaceText(node, milliseconds),
            },
          ],
        });
      }
    }

    /** `loop.slowCallbackDuration = 100` */
    function checkAssignment({ left, right }: ESTree.AssignmentExpression): void {
      const target = left as Node;
      if (target.type !== "MemberExpression" || propertyName(target) !== "slowCallbackDuration") return;
      const value = numberOf(unwrap(right));
      if (value === null || value < limit || value === Number.POSITIVE_INFINITY) return;
      const seconds = String(value / 1000);
      context.report({
        node: right,
        messageId: "slow",
        data: { duration: durationOf(value), seconds },
        suggest: [
          {
            messageId: "toMilliseconds",
            data: { milliseconds: seconds },
            fix: (fixer) => fixer.replaceText(right, seconds),
          },
        ],
      });
    }

    return { CallExpression: checkCall, NewExpression: checkCall, AssignmentExpression: checkAssignment };
  },
};

/** The value of a number, or of arithmetic with numbers: `5 * 1000`. */
function numberOf(node: Node): number | null {
  if (node.type === "Literal") return typeof node.value === "number" ? node.value : null;
  if (node.type !== "BinaryExpression") return null;
  const left = numberOf(unwrap(node.left as Node));
  const right = numberOf(unwrap(node.right));
  if (left === null || right === null) return null;
  if (node.operator === "*") return left * right;
  if (node.operator === "+") return left + right;
  if (node.operator === "-") return left - right;
  return node.operator === "/" ? left / right : null;
}

function isNamedMilliseconds(node: Node): boolean {
  const name = node.type === "Identifier" ? node.name : node.type === "MemberExpression" ? propertyName(node) : null;
  return (
    name !== null && /^(ms|MS|millis|milliseconds)$|[a-z\d]Ms$|_(ms|MS)$|Millis(econds)?$|_MILLIS(ECONDS)?$/.test(name)
  );
}

/** Rounded to what one grasps: "25 minutes". */
function durationOf(seconds: number): string {
  const units: [number, string][] = [
    [86_400, "days"],
    [3600, "hours"],
    [60, "minutes"],
  ];
  for (const [size, unit] of units) if (seconds >= 2 * size) return `${Math.round((seconds / size) * 10) / 10} ${unit}`;
  return `${seconds} seconds`;
}
