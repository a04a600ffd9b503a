// Runs the contestants: a fresh process each, one after the other, every round in another order, so that a busy moment
// of the machine does not always meet the same one. The servers of a row are there all at the same time, and take turns.
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { pythonCommand } from "./rivals.mjs";
import { runArguments } from "./runtimes.mjs";

const folder = import.meta.dirname;
/** Generous: the slowest honest measurement takes a quarter of it. */
const DEADLINE = 240_000;

/**
 * `{ [row]: { [contestant]: result[] | Error } }`. `plan` is a list of `{ row, contestants, rounds, settings }`,
 * `runtimes` maps the names after `@` to what findRuntime gave.
 */
export async function measureAll(plan, runtimes, tell) {
  const results = Object.fromEntries(plan.map((item) => [item.row.id, {}]));
  const rounds = Math.max(...plan.map((item) => item.rounds));
  for (let round = 0; round < rounds; round++) {
    for (const { row, contestants, rounds: own, settings } of plan) {
      if (round >= own) continue;
      if (row.takesTurns) {
        if (round > 0) continue;
        tell(`all rounds: ${row.id}`);
        results[row.id] = await measureServers(row, contestants, { ...settings, rounds: own }, runtimes, tell);
        continue;
      }
      tell(`round ${round + 1}/${rounds}: ${row.id}`);
      const first = Math.floor((round * contestants.length) / own);
      for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
        const byContestant = results[row.id];
        if (byContestant[contestant] instanceof Error) continue;
        try {
          const result = await measure(row, contestant, settings, runtimes);
          byContestant[contestant] ??= [];
          byContestant[contestant].push(result);
        } catch (error) {
          byContestant[contestant] = error;
          tell(`${row.id}, ${contestant}: ${error.message}`);
        }
      }
    }
  }
  return results;
}

/** Starts all servers of a row, has one client measure them in turns, and gives what `measureAll` does for the row. */
async function measureServers(row, contestants, settings, runtimes, tell) {
  const results = {};
  const servers = [];
  try {
    for (const contestant of contestants) {
      const contest = startContestant(row, contestant, settings, runtimes);
      try {
        servers.push({ contestant, contest, ...(await contest.line()) });
      } catch (error) {
        results[contestant] = error;
        tell(`${row.id}, ${contestant}: ${error.message}`);
      }
    }
    const addresses = servers.map(({ port, pid }) => ({ port, pid }));
    const client = [join(folder, row.client), JSON.stringify({ ...settings, servers: addresses })];
    const measured = await start(process.execPath, client).result();
    servers.forEach(({ contestant }, index) => {
      results[contestant] = measured[index];
    });
  } catch (error) {
    for (const { contestant } of servers) results[contestant] = error;
    tell(`${row.id}: ${error.message}`);
  } finally {
    for (const { contest } of servers) contest.kill();
  }
  return results;
}

async function measure(row, contestant, settings, runtimes) {
  const contest = startContestant(row, contestant, settings, runtimes);
  if (row.client !== undefined) {
    // The contestant is a server, and does not end by itself; the client measures it.
    const { port, pid } = await contest.line();
    try {
      const client = join(folder, row.client);
      return await start(process.execPath, [client, JSON.stringify({ ...settings, port, pid })]).result();
    } finally {
      contest.kill();
    }
  }
  if (row.id !== "fairness") return await contest.result();
  const { port } = await contest.line();
  const client = await start(process.execPath, [join(folder, "client.mjs"), port, settings.duration]).result();
  return { ...(await contest.result()), ...client };
}

function startContestant(row, contestant, settings, runtimes) {
  const [nameAndVariant, runtimeName = "node"] = contestant.split("@");
  const [name, variant] = nameAndVariant.split(":");
  const program = (row.program ?? row.id) + (variant === undefined ? "" : `:${variant}`);
  const tail = [program, JSON.stringify(settings)];
  const python = name === "asyncio" || name === "uvloop";
  const command = python ? pythonCommand() : runtimes[runtimeName].command;
  const prefix = python
    ? [join(folder, "contestants", "python.py"), name]
    : runArguments(runtimeName, join(folder, "contestants", `${name}.mjs`));
  return start(command, [...prefix, ...tail]);
}

/** A child that prints JSON lines: `line()` gives the next one, `result()` the last, once the child has ended well. */
function start(command, parameters) {
  const child = spawn(command, parameters.map(String), {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // Colours and debug modes of the caller's terminal are none of the measurement's business.
    env: {
      ...process.env,
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      NODE_OPTIONS: undefined,
      PYTHONASYNCIODEBUG: undefined,
    },
  });
  const deadline = setTimeout(() => child.kill("SIGKILL"), DEADLINE);
  let stdout = "";
  let stderr = "";
  let wake = () => {};
  child.stdout.on("data", (data) => {
    stdout += data;
    wake();
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error));
    child.on("close", (code, signal) => {
      clearTimeout(deadline);
      if (code === 0) resolve(null);
      else resolve(new Error(signal === null ? reason(stderr) : `killed by ${signal}`));
    });
  });
  ended.then(() => wake());

  const lines = () => stdout.split("\n").slice(0, -1);
  return {
    kill: () => child.kill("SIGKILL"),
    async line() {
      while (lines().length === 0) {
        const failed = await Promise.race([
          ended,
          new Promise((resolve) => {
            wake = () => resolve(undefined);
          }),
        ]);
        if (failed !== undefined && lines().length === 0) throw failed ?? new Error("it ended without a word");
      }
      return JSON.parse(lines()[0]);
    },
    async result() {
      const failed = await ended;
      if (failed !== null) throw failed;
      const last = lines().at(-1);
      if (last === undefined) throw new Error("it ended without a result");
      return JSON.parse(last);
    },
  };
}

/** The line of a stack trace that names the error. */
function reason(stderr) {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.find((line) => /^(\w*Error|\w+Exception)\b/i.test(line.trim())) ?? lines.at(-1) ?? "it failed without a word"
  );
}
