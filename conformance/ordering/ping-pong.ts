// Two tasks throw a ball to and fro, each catch a new future: one iteration per throw.

import type { CoroutineGenerator, Future } from "asyncio-ts";
import { coroutine, createTask, getRunningLoop } from "asyncio-ts";
import { type Print, ticks } from "../twin.ts";

export function* generator(print: Print): CoroutineGenerator<void> {
  const player = coroutine(function* (
    name: "ping" | "pong",
    catches: Record<"ping" | "pong", Future<number>>,
    firstThrow: number,
    tick: () => number,
  ) {
    const other = name === "ping" ? "pong" : "ping";
    let ball = firstThrow;
    while (ball < 6) {
      if (ball) catches[other].setResult(ball);
      ball = (yield* catches[name]) + 1;
      print(name, ball, "in", tick());
      catches[name] = getRunningLoop().createFuture<number>();
    }
    if (!catches[other].done()) catches[other].setResult(ball);
  });

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const catches = { ping: loop.createFuture<number>(), pong: loop.createFuture<number>() };
  const pong = createTask(player("pong", catches, 0, tick));
  const ping = createTask(player("ping", catches, 1, tick));
  yield* ping;
  yield* pong;
  print("main in", tick());
}

export async function native(print: Print): Promise<void> {
  const player = coroutine(
    async (
      name: "ping" | "pong",
      catches: Record<"ping" | "pong", Future<number>>,
      firstThrow: number,
      tick: () => number,
    ) => {
      const other = name === "ping" ? "pong" : "ping";
      let ball = firstThrow;
      while (ball < 6) {
        if (ball) catches[other].setResult(ball);
        ball = (await catches[name]) + 1;
        print(name, ball, "in", tick());
        catches[name] = getRunningLoop().createFuture<number>();
      }
      if (!catches[other].done()) catches[other].setResult(ball);
    },
  );

  const loop = getRunningLoop();
  const tick = ticks(loop);
  const catches = { ping: loop.createFuture<number>(), pong: loop.createFuture<number>() };
  const pong = createTask(player("pong", catches, 0, tick));
  const ping = createTask(player("ping", catches, 1, tick));
  await ping;
  await pong;
  print("main in", tick());
}
