// The guided tour that `npm start` runs. Every stop shows the lines it runs (cut out of this very file, so that they
// cannot drift apart) and then their real output.
import { readFileSync } from "node:fs";
import * as asyncio from "asyncio-ts";
import { runTest } from "asyncio-ts/testing";

const source = readFileSync(new URL(import.meta.url), "utf8").split("\n");
const colours = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;

let stops = 0;
welcome();

await stop("Hello world, with await", async () => {
  // [show]
  const hello = asyncio.coroutine(async () => {
    console.log("Hello ...");
    await asyncio.sleep(0.5); // seconds, as in Python
    console.log("... World!");
  });

  await asyncio.run(hello());
  // [end]
});

await stop("Hello world, with yield*: a generator coroutine, as in Python 3.4", async () => {
  // [show]
  const hello = asyncio.coroutine(function* () {
    console.log("Hello ...");
    yield* asyncio.sleep(0.5);
    console.log("... World!");
  });

  await asyncio.run(hello()); // both kinds can await each other
  // [end]
});

await stop("Under it all: callbacks on an event loop", async () => {
  // [show]
  const loop = asyncio.newEventLoop();

  function tick(n: number): void {
    console.log("tick", n);
    loop.callLater(0.2, tick, n + 1);
  }

  loop.callSoon(tick, 1);
  loop.callLater(0.5, () => loop.stop());
  await loop.runForever();
  loop.close();
  // [end]
});

await stop("One after another, or all together", async () => {
  // [show]
  const fetchItem = asyncio.coroutine(async (name: string) => {
    await asyncio.sleep(0.4); // stands for a request
    return name;
  });

  await asyncio.run(async () => {
    const { time } = stopwatch();
    // A coroutine is lazy: calling it starts nothing, awaiting it does.
    console.log([await fetchItem("a"), await fetchItem("b"), await fetchItem("c")], time());
    console.log(await asyncio.gather(fetchItem("a"), fetchItem("b"), fetchItem("c")), time());
  });
  // [end]
});

await stop("A task can be cancelled, and cleans up after itself", async () => {
  // [show]
  const download = asyncio.coroutine(async () => {
    try {
      for (let percent = 0; ; percent += 10) {
        console.log(`${percent} %`);
        await asyncio.sleep(0.2);
      }
    } finally {
      await asyncio.sleep(0.1); // cleaning up may take its time
      console.log("half a file removed");
    }
  });

  await asyncio.run(async () => {
    const task = asyncio.createTask(download());
    await asyncio.sleep(0.5);
    task.cancel();
    await asyncio.wait([task]);
    console.log("cancelled:", task.cancelled());
  });
  // [end]
});

await stop("A timeout really stops the work", async () => {
  // [show]
  const patience = asyncio.coroutine(async () => {
    try {
      await asyncio.timeout("300ms", async () => {
        console.log("waiting for an hour ...");
        await asyncio.sleep("1h");
      });
    } catch (error) {
      if (!(error instanceof asyncio.TimeoutError)) throw error;
      console.log("... or less. Nothing is left running in the background.");
    }
  });

  await asyncio.run(patience());
  // [end]
});

await stop("A task group waits for its children; when one fails, the others are stopped", async () => {
  // [show]
  const child = asyncio.coroutine(async (name: string, delay: number, fails: boolean = false) => {
    try {
      await asyncio.sleep(delay);
      if (fails) throw new RangeError(`${name} fell over`);
      console.log(`${name} is done`);
    } catch (error) {
      if (asyncio.isCancelled(error)) console.log(`${name} was stopped`);
      throw error;
    }
  });

  try {
    await asyncio.run(
      asyncio.taskGroup(async (group) => {
        group.createTask(child("Ann", 0.1));
        group.createTask(child("Bob", 0.3, true));
        group.createTask(child("Cid", 60));
      }),
    );
  } catch (error) {
    // What `except*` is in Python; anything but a RangeError would be thrown on.
    asyncio.catchGroup(error, [RangeError, (group) => console.log(group.message, "→", String(group.errors[0]))]);
  }
  // [end]
});

await stop("What must not be interrupted goes behind a shield", async () => {
  // [show]
  const pay = asyncio.coroutine(async () => {
    await asyncio.sleep(0.4);
    return "receipt no. 1";
  });

  await asyncio.run(async () => {
    const payment = asyncio.createTask(pay());
    try {
      await asyncio.waitFor(asyncio.shield(payment), 0.2);
    } catch (error) {
      if (!(error instanceof asyncio.TimeoutError)) throw error;
      console.log("the customer has left; payment cancelled:", payment.cancelled());
    }
    console.log(await payment);
  });
  // [end]
});

await stop("Servers and clients run on the same loop: streams over a real socket", async () => {
  // [show]
  async function shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) {
    for await (const line of reader) writer.write(String(line).toUpperCase());
    writer.close();
  }

  await asyncio.run(async () => {
    const server = await asyncio.startServer(shout, "127.0.0.1", 0);
    const [host, port] = server.sockets[0]!.getSockName() as [string, number];

    const [reader, writer] = await asyncio.openConnection(host, port);
    writer.write("is anybody there?\n");
    console.log("the server says:", String(await reader.readLine()).trim());

    writer.close();
    server.close();
    await server.waitClosed();
  });
  // [end]
});

await stop("Tests need no patience: an hour of retries on a virtual clock", async () => {
  // [show]
  const { time: realTime } = stopwatch();

  await runTest(async () => {
    const loop = asyncio.getRunningLoop();
    for (let attempt = 1, pause = 60; ; attempt += 1, pause *= 2) {
      console.log(`attempt ${attempt} after ${loop.time() / 60} minutes`);
      if (attempt === 7) break;
      await asyncio.sleep(pause);
    }
  });

  console.log("it took", realTime());
  // [end]
});

farewell();

/** Prints the title, the lines between [show] and [end], then lets them speak for themselves. */
async function stop(title: string, run: () => Promise<void>): Promise<void> {
  stops += 1;
  console.log(`\n${bold(`${stops}. ${title}`)}\n`);
  const titleLine = source.findIndex((line) => line.startsWith("await stop(") && line.includes(JSON.stringify(title)));
  const begin = source.findIndex((line, at) => at > titleLine && line.trim() === "// [show]");
  const end = source.findIndex((line, at) => at > begin && line.trim() === "// [end]");
  for (const line of source.slice(begin + 1, end)) {
    console.log(dim(`  | ${line.slice(2)}`.trimEnd()));
  }
  console.log();
  await run();
}

function welcome(): void {
  console.log(bold("asyncio-ts: Python's asyncio for TypeScript"));
  console.log(`
A short tour. Every stop shows a few lines of TypeScript and what they print when they run, which they do
now, on this machine, on the real clock. It takes about five seconds.`);
}

function farewell(): void {
  console.log(`
${bold("Where to go next")}

  npm start -- examples/retry.ts                       one of the small examples beside this tour
  npm start -- examples/seeds/004-01-returnit.ts       one of the classic asyncio programs, see examples/seeds/README.md
  npm start -- path/to/your-program.ts                 a program of your own
  npm test                                             everything, checked

README.md begins at the beginning.`);
}

function stopwatch(): { time(): string } {
  let start = performance.now();
  return {
    time: () => {
      const now = performance.now();
      const elapsed = now - start;
      start = now;
      return elapsed < 50 ? `${Math.ceil(elapsed)} ms` : `${(elapsed / 1000).toFixed(1)} s`;
    },
  };
}

function bold(text: string): string {
  return colours ? `\x1b[1m${text}\x1b[0m` : text;
}

function dim(text: string): string {
  return colours ? `\x1b[2m${text}\x1b[0m` : text;
}
