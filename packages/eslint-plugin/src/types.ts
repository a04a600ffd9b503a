import type { Rule } from "eslint";
import type { Node } from "./ast.ts";

/** The part of TypeScript's checker that the rules use. */
interface Type {
  readonly intrinsicName?: string;
  readonly target?: Type;
  readonly types?: readonly Type[];
  isUnion(): boolean;
  isIntersection(): boolean;
  isClassOrInterface(): boolean;
  getSymbol(): { readonly name: string } | undefined;
  getProperty(name: string): unknown;
}

interface Checker {
  getBaseTypes(type: Type): readonly Type[];
}

interface ParserServices {
  readonly program?: { getTypeChecker(): Checker } | null;
  getTypeAtLocation?(node: Node): Type;
}

export type Kind = "coroutine" | "future" | "promise" | "other";

/** What has to be there besides the name: a user's class of the same name is another thing. */
const members: Readonly<Record<string, readonly string[]>> = {
  Coroutine: ["send", "throw", "close", "then"],
  Future: ["addDoneCallback", "setResult", "then"],
};

/** The types of a file, when its parser knows them (typescript-eslint with `projectService`); else null. */
export function typesOf(context: Rule.RuleContext): Types | null {
  const services = context.sourceCode.parserServices as ParserServices | undefined;
  const checker = services?.program?.getTypeChecker();
  return checker === undefined || services?.getTypeAtLocation === undefined ? null : new Types(services, checker);
}

export class Types {
  private readonly services: ParserServices;
  private readonly checker: Checker;

  constructor(services: ParserServices, checker: Checker) {
    this.services = services;
    this.checker = checker;
  }

  /** What an expression gives; null when its type is `any` or `unknown`, as of what could not be resolved. */
  kindOf(node: Node): Kind | null {
    const type = this.services.getTypeAtLocation!(node);
    const types = type.isUnion() ? (type.types ?? []) : [type];
    if (types.some((each) => isUnknown(each))) return null;
    const kinds = new Set(types.map((each) => this.kindOfType(each)));
    for (const kind of ["coroutine", "promise", "future"] as const) if (kinds.has(kind)) return kind;
    return "other";
  }

  private kindOfType(type: Type): Kind {
    for (const each of this.family(type)) {
      const name = each.getSymbol()?.name ?? "";
      if (name === "Promise") return "promise";
      if (members[name]?.every((member) => each.getProperty(member) !== undefined)) {
        return name === "Coroutine" ? "coroutine" : "future";
      }
    }
    return "other";
  }

  /** The names of an instance's class and of those it extends. */
  classesOf(node: Node): ReadonlySet<string> {
    const names = new Set<string>();
    for (const each of this.family(this.services.getTypeAtLocation!(node))) {
      const name = each.getSymbol()?.name;
      if (name !== undefined) names.add(name);
    }
    return names;
  }

  /** A type and what it extends or is put together from. */
  private family(type: Type): Type[] {
    if (type.isIntersection()) return (type.types ?? []).flatMap((each) => this.family(each));
    const target = type.target ?? type;
    const bases = target.isClassOrInterface() ? this.checker.getBaseTypes(target) : [];
    return [type, ...bases.flatMap((base) => this.family(base))];
  }
}

/** By name: the numbers of TypeScript's flags are not part of what it promises. */
function isUnknown({ intrinsicName }: Type): boolean {
  return intrinsicName === "any" || intrinsicName === "unknown" || intrinsicName === "error";
}
