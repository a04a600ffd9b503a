// getNowait() on an empty queue, putNowait() on a full one, an unlimited one for maxsize < 0 (test_nonblocking_*).

import type { CoroutineGenerator } from "asyncio-ts";
import { Queue } from "asyncio-ts";
import { type Print, show } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const queue = new Queue(1);
  try {
    queue.getNowait();
  } catch (error) {
    print(show(error));
  }
  queue.putNowait(1);
  try {
    queue.putNowait(2);
  } catch (error) {
    print(show(error));
  }
  print(queue.qsize(), String(queue));
  const endless = new Queue(-1);
  for (let i = 0; i < 100; i++) {
    endless.putNowait(i);
  }
  print(endless.qsize(), endless.full(), endless.maxsize);
  // test_float_maxsize
  const fraction = new Queue(1.5);
  fraction.putNowait("a");
  print(fraction.full());
  fraction.putNowait("b");
  print(fraction.full());
}

export async function native(print: Print): Promise<void> {
  const queue = new Queue(1);
  try {
    queue.getNowait();
  } catch (error) {
    print(show(error));
  }
  queue.putNowait(1);
  try {
    queue.putNowait(2);
  } catch (error) {
    print(show(error));
  }
  print(queue.qsize(), String(queue));
  const endless = new Queue(-1);
  for (let i = 0; i < 100; i++) {
    endless.putNowait(i);
  }
  print(endless.qsize(), endless.full(), endless.maxsize);
  // test_float_maxsize
  const fraction = new Queue(1.5);
  fraction.putNowait("a");
  print(fraction.full());
  fraction.putNowait("b");
  print(fraction.full());
}
