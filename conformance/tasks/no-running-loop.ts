// Facts 49, 2.4: outside a running loop there is no current task.
import { allTasks, coroutine, currentTask, getRunningLoop } from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { type Print, show } from "../twin.ts";

export async function program(print: Print): Promise<void> {
  const loop = new TestLoop();
  const attempt = (label: string, action: () => unknown): void => {
    try {
      action();
      print(label, "worked");
    } catch (error) {
      print(label, show(error));
    }
  };

  attempt("get_running_loop:", () => getRunningLoop());
  attempt("current_task:", () => currentTask());
  attempt("all_tasks:", () => allTasks());
  print(currentTask(loop), allTasks(loop).size);

  const main = coroutine(function* () {
    print(getRunningLoop() === loop, currentTask() !== null, allTasks().size);
  });

  await loop.runUntilComplete(main());
  attempt("afterwards:", () => getRunningLoop());
}
