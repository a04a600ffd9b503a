// Fact 99: a timeout that is expiring, expired or finished cannot be rescheduled.

import type { CoroutineGenerator, Timeout } from "asyncio-ts";
import { sleep, timeout } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const attempt = (label: string, t: Timeout): void => {
    try {
      t.reschedule(null);
      print(label, "worked");
    } catch (error) {
      print(label, show(error));
    }
  };

  let t: Timeout | undefined;
  yield* timeout(5, function* (inner) {
    t = inner;
    attempt("active:", inner);
  });
  attempt("finished:", t!);
  try {
    yield* timeout(1, function* (inner) {
      t = inner;
      try {
        yield* sleep(10);
      } finally {
        attempt("expiring:", inner);
      }
    });
  } catch {
    attempt("expired:", t!);
  }
}

export async function native(print: Print): Promise<void> {
  const attempt = (label: string, t: Timeout): void => {
    try {
      t.reschedule(null);
      print(label, "worked");
    } catch (error) {
      print(label, show(error));
    }
  };

  let t: Timeout | undefined;
  await timeout(5, async (inner) => {
    t = inner;
    attempt("active:", inner);
  });
  attempt("finished:", t!);
  try {
    await timeout(1, async (inner) => {
      t = inner;
      try {
        await sleep(10);
      } finally {
        attempt("expiring:", inner);
      }
    });
  } catch {
    attempt("expired:", t!);
  }
}
