// Fact 148: a token restores the value before its set(), once, and only for its own variable and context.

import type { CoroutineGenerator } from "asyncio-ts";
import { ContextVar, coroutine, createTask } from "asyncio-ts";
import { kind, type Print } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const one = new ContextVar("one", { default: "default" });
  const two = new ContextVar<string>("two");

  const attempt = (label: string, action: () => unknown): void => {
    try {
      action();
      print(label, "worked");
    } catch (error) {
      print(label, label.startsWith("without") ? "no value" : kind(error));
    }
  };

  type AnyToken = ReturnType<typeof one.set>;

  const other = coroutine(function* (token: AnyToken) {
    attempt("in another context:", () => one.reset(token));
  });

  const first = one.set("first");
  const second = one.set("second");
  print(one.get());
  one.reset(second);
  print(one.get());
  attempt("used:", () => one.reset(second));
  attempt("of another variable:", () => two.reset(first));
  yield* createTask(other(first));
  one.reset(first);
  print(one.get(), one.get("given"));
  attempt("without a value:", () => two.get());
  print(two.get("given"));
  const token = two.set("value");
  print(two.get("given"));
  two.reset(token);
  attempt("without a value again:", () => two.get());
}

export async function native(print: Print): Promise<void> {
  const one = new ContextVar("one", { default: "default" });
  const two = new ContextVar<string>("two");

  const attempt = (label: string, action: () => unknown): void => {
    try {
      action();
      print(label, "worked");
    } catch (error) {
      print(label, label.startsWith("without") ? "no value" : kind(error));
    }
  };

  type AnyToken = ReturnType<typeof one.set>;

  const other = coroutine(async (token: AnyToken) => {
    attempt("in another context:", () => one.reset(token));
  });

  const first = one.set("first");
  const second = one.set("second");
  print(one.get());
  one.reset(second);
  print(one.get());
  attempt("used:", () => one.reset(second));
  attempt("of another variable:", () => two.reset(first));
  await createTask(other(first));
  one.reset(first);
  print(one.get(), one.get("given"));
  attempt("without a value:", () => two.get());
  print(two.get("given"));
  const token = two.set("value");
  print(two.get("given"));
  two.reset(token);
  attempt("without a value again:", () => two.get());
}
