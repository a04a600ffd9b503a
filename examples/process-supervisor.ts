// Keeps programs running: each is restarted when it ends with an error, its lines are printed with its name before them,
// and all are stopped in order, SIGTERM first, when the supervisor gets SIGINT or SIGTERM.
//   npm start -- examples/process-supervisor.ts            a demonstration, which ends by itself
//   npm start -- examples/process-supervisor.ts web='node server.js' worker='node worker.js'
import process from "node:process";
import {
  type Coroutine,
  coroutine,
  createSubprocessShell,
  isCancelled,
  KeyboardInterrupt,
  PIPE,
  run,
  STDOUT,
  supervise,
} from "asyncio-ts";

/** Programs that fail, end, and run until they are told to stop. */
const demonstration: Readonly<Record<string, string>> = {
  flaky: "echo starting; exit 3",
  once: "echo one; echo two >&2",
  server: `trap 'echo "closing my connections"; exit 0' TERM; echo ready; while :; do sleep 0.05; done`,
};

/** Runs a program to its end. Cancelled, it gives the program five seconds to end, and waits for it. */
const service = coroutine(async (name: string, command: string) => {
  const child = await createSubprocessShell(command, { stdout: PIPE, stderr: STDOUT, startNewSession: true });
  try {
    for await (const line of child.stdout) print(name, new TextDecoder().decode(line).trimEnd());
    const code = await child.wait();
    if (code !== 0) throw new Error(code < 0 ? `killed by signal ${-code}` : `exit code ${code}`);
    print(name, "has ended");
  } catch (error) {
    if (isCancelled(error)) {
      print(name, "stopping");
      const code = await child.stop(5);
      for await (const line of child.stdout) print(name, new TextDecoder().decode(line).trimEnd());
      print(name, `stopped with ${code}`);
    }
    throw error;
  }
});

function print(name: string, line: string): void {
  console.log(`${name.padEnd(8)}| ${line}`);
}

/** Ends when all programs have ended in order, when one has failed too often, or when it is cancelled. */
function superviseAll(commands: Readonly<Record<string, string>>): Coroutine<void> {
  return supervise(
    (supervisor) => {
      for (const [name, command] of Object.entries(commands)) {
        supervisor.start(name, () => service(name, command), { restart: "transient" });
      }
      return Promise.resolve();
    },
    {
      maxRestarts: 2,
      within: "1m",
      onFailure: ({ name, error }) => print(name, `failed: ${(error as Error).message}; once more`),
    },
  );
}

const given = process.argv.slice(2).map((argument) => argument.split(/=(.*)/s));
const commands = given.length > 0 ? Object.fromEntries(given) : demonstration;

try {
  await run(superviseAll(commands));
} catch (error) {
  if (error instanceof KeyboardInterrupt) {
    print("all", `stopped by ${error.signal}`);
  } else {
    print("all", String(error));
    process.exitCode = 1;
  }
}
