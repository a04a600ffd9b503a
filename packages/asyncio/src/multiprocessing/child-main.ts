/** The program of child processes: a task, its own loop, and a place among the processes that share objects. */
import { loadTask } from "../executors/worker/load-task.ts";
import type { TaskDefinition } from "../executors/worker-task.ts";
import { globals } from "../host/globals.ts";
import { KeyboardInterrupt } from "../loop/errors.ts";
import { withShortStacks } from "../loop/short-stacks.ts";
// The loop, with all its methods.
import "../process/loop-methods.ts";
import "../tasks/event-loop.ts";
import { callAny } from "../structured/call-body.ts";
import { run } from "../structured/runner.ts";
import { define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { setCurrentName } from "./current-process.ts";
import { hub, PROPERLY } from "./hub.ts";
import { keepManager } from "./manager-home.ts";
import type { Message, StartMessage } from "./messages.ts";
import { ChannelPeer, thisProcess } from "./peer.ts";
import { registerSharedClasses } from "./shared-classes.ts";
import { unpack } from "./shared-object.ts";

const self = thisProcess!;
const parent = new ChannelPeer(self);
registerSharedClasses();
let started = false;
let isDaemon = false;

self.on("message", (message: StartMessage | Message) => {
  if (started) return hub.receive(message as Message, parent);
  started = true;
  start(message as StartMessage);
});
self.on("disconnect", () => {
  hub.parentGone();
  if (isDaemon) self.exit(1);
});

function start(message: StartMessage): void {
  isDaemon = message.daemon;
  hub.setParent(parent, message.node);
  setCurrentName(message.name);
  if (message.task === null) {
    self.on("SIGINT", () => {}); // Ctrl-C is for those who use it.
    return keepManager();
  }
  void perform(message).then((code) => leave(message, code));
}

async function perform(message: StartMessage): Promise<number> {
  try {
    const fn = await loadTask(message.task as TaskDefinition, message.folder);
    await run(new FunctionCoroutine<unknown>(mainDefinition, undefined, [fn, unpack(message.args)]));
    return 0;
  } catch (error) {
    if (error instanceof KeyboardInterrupt && error.signal === "SIGTERM") return TERMINATED;
    withShortStacks(error, () => globals.console.error(`Process ${message.name}:`, error));
    return 1;
  }
}

function* main(fn: (...args: unknown[]) => unknown, args: unknown[]): CoroutineGenerator<unknown> {
  return yield* callAny(fn, undefined, ...args);
}

const mainDefinition = define(main as never, "main");

/** In the place of an exit code. */
const TERMINATED = -1;

/** What this process has put into queues is to arrive before it ends. */
async function leave(message: StartMessage, code: number): Promise<void> {
  await hub.idle();
  let end = code === 0 ? PROPERLY : `has ended with exit code ${code}`;
  if (code === TERMINATED) end = "was ended by SIGTERM";
  const how = `process '${message.name}' (pid ${self.pid}) ${end}`;
  const exit = (): void => {
    // Its clean-up is done, and nobody handles the signal now.
    if (code === TERMINATED) self.kill(self.pid, "SIGTERM");
    else self.exit(code);
  };
  if (self.connected !== true) return exit();
  globals.setTimeout(exit, 1000);
  self.send!({ kind: "gone", node: hub.node, how } satisfies Message, exit);
}
