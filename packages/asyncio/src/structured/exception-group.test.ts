import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CancelledError, catchGroup, ExceptionGroup } from "../index.ts";

const leaf = (n: number): Error => (n % 2 === 0 ? new RangeError(String(n)) : new TypeError(String(n)));

type Tree = number | Tree[];
const trees = fc.letrec<{ tree: Tree; group: Tree[] }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, fc.integer({ min: 0, max: 9 }), tie("group")),
  group: fc.array(tie("tree"), { minLength: 1, maxLength: 4 }),
})).group;

function build(tree: Tree[]): ExceptionGroup {
  return new ExceptionGroup(
    `m${tree.length}`,
    tree.map((each) => (typeof each === "number" ? leaf(each) : build(each))),
  );
}
/** The shape of a group: messages of the leaves in their nesting. */
function shape(error: unknown): unknown {
  return error instanceof ExceptionGroup ? { [error.message]: error.errors.map(shape) } : (error as Error).message;
}
/** What split() should give, on shapes. */
function model(tree: Tree[], matches: (n: number) => boolean): Tree[] | null {
  const kept = tree.flatMap((each): Tree[] => {
    if (typeof each === "number") return matches(each) ? [each] : [];
    const inner = model(each, matches);
    return inner === null ? [] : [inner];
  });
  return kept.length === 0 ? null : kept;
}
const leaves = (tree: Tree): number[] => (typeof tree === "number" ? [tree] : tree.flatMap(leaves));
const messages = (error: unknown): number[] =>
  error instanceof ExceptionGroup ? error.errors.flatMap(messages) : [Number((error as Error).message)];
const nesting = (tree: Tree): unknown => (typeof tree === "number" ? tree : tree.map(nesting));
const groupNesting = (error: unknown): unknown =>
  error instanceof ExceptionGroup ? error.errors.map(groupNesting) : Number((error as Error).message);

describe("ExceptionGroup", () => {
  it("split() parts the leaves, keeps nesting and order, and loses none", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const group = build(tree);
        const [matching, rest] = group.split(RangeError);
        expect(matching === null ? null : groupNesting(matching)).toEqual(nestingOf(model(tree, (n) => n % 2 === 0)));
        expect(rest === null ? null : groupNesting(rest)).toEqual(nestingOf(model(tree, (n) => n % 2 === 1)));
        expect([...(matching ? messages(matching) : []), ...(rest ? messages(rest) : [])].sort()).toEqual(
          leaves(tree).sort(),
        );
      }),
    );
  });

  it("subgroup() is the first half of split(); the original is not changed", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const group = build(tree);
        const before = JSON.stringify(shape(group));
        const predicate = (error: unknown): boolean => error instanceof TypeError;
        const sub = group.subgroup(predicate);
        expect(sub === null ? null : shape(sub)).toEqual(
          group.split(TypeError)[0] === null ? null : shape(group.split(TypeError)[0]),
        );
        expect(JSON.stringify(shape(group))).toBe(before);
      }),
    );
  });

  it("a predicate is asked of groups, too: one that matches is taken whole", () => {
    const inner = new ExceptionGroup("inner", [new TypeError("a")]);
    const group = new ExceptionGroup("outer", [inner, new RangeError("b")]);
    const [matching, rest] = group.split((error) => error === inner);
    expect(matching!.errors).toEqual([inner]);
    expect(rest!.errors).toHaveLength(1);
    expect(group.split(() => true)).toEqual([group, null]);
    expect(group.split(() => false)).toEqual([null, group]);
  });

  it("several classes at once, abstract bases, and conditions that are none", () => {
    const group = new ExceptionGroup("m", [new RangeError("a"), new TypeError("b"), new SyntaxError("c")]);
    expect(group.subgroup([RangeError, TypeError])!.errors.map((e: Error) => e.message)).toEqual(["a", "b"]);
    expect(group.subgroup(Error)).toBe(group);
    expect(() => group.split(5 as never)).toThrow(TypeError);
  });

  it("parts keep message, cause and stack; derive() decides their class", () => {
    class MyGroup extends ExceptionGroup {
      override derive(errors: readonly unknown[]): MyGroup {
        return new MyGroup(this.message, errors);
      }
    }
    const cause = new Error("cause");
    const group = new MyGroup("m", [new RangeError("a"), new TypeError("b")], { cause });
    const [matching, rest] = group.split(RangeError);
    for (const part of [matching!, rest!]) {
      expect(part).toBeInstanceOf(MyGroup);
      expect(part.message).toBe("m");
      expect(part.cause).toBe(cause);
      expect(part.stack).toBe(group.stack);
    }
  });

  it("refuses bad input as Python does", () => {
    expect(() => new ExceptionGroup("m", [])).toThrow(
      new RangeError("second argument (exceptions) must be a non-empty sequence"),
    );
    expect(() => new ExceptionGroup(5 as never, [new Error()])).toThrow(
      new TypeError("argument 1 must be a string, not number"),
    );
  });

  it("is an AggregateError with Python's text", () => {
    const group = new ExceptionGroup("two", [new Error("a"), new Error("b")]);
    expect(group).toBeInstanceOf(AggregateError);
    expect(group.name).toBe("ExceptionGroup");
    expect(String(group)).toBe("ExceptionGroup: two (2 sub-exceptions)");
    expect(String(new ExceptionGroup("one", [new Error("a")]))).toBe("ExceptionGroup: one (1 sub-exception)");
    expect(group.exceptions).toBe(group.errors);
  });
});

function nestingOf(tree: Tree[] | null): unknown {
  return tree === null ? null : nesting(tree);
}

describe("catchGroup()", () => {
  const group = () => new ExceptionGroup("m", [new RangeError("a"), new TypeError("b"), new RangeError("c")]);
  const text = (error: unknown): string => JSON.stringify(shape(error));
  const thrownBy = (body: () => unknown): unknown => {
    try {
      body();
    } catch (error) {
      return error;
    }
    return null;
  };

  it("each handler gets the group of its class; all handled is no error", () => {
    const seen: string[] = [];
    catchGroup(group(), [RangeError, (g) => seen.push(text(g))], [[TypeError, SyntaxError], (g) => seen.push(text(g))]);
    expect(seen).toEqual(['{"m":["a","c"]}', '{"m":["b"]}']);
  });

  it("what no handler takes is thrown again", () => {
    const error = thrownBy(() => catchGroup(group(), [TypeError, () => {}]));
    expect(text(error)).toBe('{"m":["a","c"]}');
  });

  it("without a matching handler the very same error is thrown", () => {
    const all = group();
    expect(thrownBy(() => catchGroup(all, [SyntaxError, () => {}]))).toBe(all);
    const plain = new RangeError("plain");
    expect(thrownBy(() => catchGroup(plain, [TypeError, () => {}]))).toBe(plain);
  });

  it("an error that is no group is handled as a group of one", () => {
    const plain = new RangeError("plain");
    catchGroup(plain, [RangeError, (g) => expect(g.errors).toEqual([plain])]);
    expect.assertions(1);
  });

  it("what a handler throws comes out with the unhandled rest", () => {
    const mine = new SyntaxError("handler");
    const error = thrownBy(() =>
      catchGroup(group(), [
        TypeError,
        () => {
          throw mine;
        },
      ]),
    ) as ExceptionGroup;
    expect(error.errors[0]).toBe(mine);
    expect(text(error.errors[1])).toBe('{"m":["a","c"]}');
  });

  it("a group thrown again by its handler joins the rest in the old nesting", () => {
    const error = thrownBy(() =>
      catchGroup(group(), [
        TypeError,
        (g) => {
          throw g;
        },
      ]),
    );
    expect(text(error)).toBe('{"m":["a","b","c"]}');
  });

  it("the first handler that matches takes a member", () => {
    const seen: string[] = [];
    catchGroup(group(), [Error, (g) => seen.push(`all ${g.errors.length}`)], [RangeError, () => seen.push("never")]);
    expect(seen).toEqual(["all 3"]);
  });

  it("a cancellation passes through handlers for other classes", () => {
    const cancelled = new CancelledError();
    expect(thrownBy(() => catchGroup(cancelled, [RangeError, () => {}]))).toBe(cancelled);
  });
});
