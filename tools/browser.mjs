// Runs an ES module in headless Chromium: a server on the loopback address hands out the files of a folder, and the
// page posts its lines back.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";
import { killAtExit } from "./setup.mjs";

const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".map": "application/json" };

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  "--disable-background-timer-throttling",
  "--js-flags=--expose-gc",
];

/**
 * Opens `folder` in the browser, at `page` or at a page made for the module `script`, and collects what the page prints
 * until it prints a line for which `isLast` answers true, or until `deadline` (seconds).
 * @returns {Promise<{ output: string, finished: boolean }>}
 */
export async function runInBrowser(chromium, folder, { script, page = "/", isLast, deadline = 120 }) {
  const lines = [];
  const files = folder.endsWith(sep) ? folder : folder + sep;
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      let text = "";
      request.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        response.end();
        lines.push(...JSON.parse(text));
        if (lines.some(isLast)) finish(true);
      });
      return;
    }
    try {
      const name = pathname === "/" ? "index.html" : decodeURIComponent(pathname.slice(1));
      const path = normalize(join(files, name));
      if (!path.startsWith(files)) throw new Error("outside");
      const own = pathname === "/" && script !== undefined;
      const body = own ? `<!doctype html><script type="module" src="${script}"></script>` : readFileSync(path);
      response.setHeader("content-type", types[extname(name)] ?? "application/octet-stream");
      const html = extname(name) === ".html";
      response.end(html ? String(body).replace(/<script/, `<script>${reporter}</script>$&`) : body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const profile = mkdtempSync(join(tmpdir(), "asyncio-ts-browser-"));
  const url = `http://127.0.0.1:${server.address().port}${page}`;
  const child = spawn(chromium, [...flags, `--user-data-dir=${profile}`, url], { stdio: "ignore", detached: true });
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  const gone = new Promise((resolve) => {
    child.once("error", (error) => {
      lines.push(error.message);
      resolve();
    });
    child.once("exit", resolve);
  });
  const timer = setTimeout(finish, deadline * 1000, false);
  const release = killAtExit(kill);
  gone.then(() => finish(false));
  const complete = await finished;
  clearTimeout(timer);
  kill();
  await gone;
  release();
  server.closeAllConnections();
  server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  if (!complete) lines.push(`the page did not finish within ${deadline} s`);
  return { output: lines.join("\n"), finished: complete };
}

/** Sends what the page prints and what goes wrong in it, a batch at a time and in order. */
const reporter = `
  let lines = [], sending = Promise.resolve();
  const send = (line) => {
    if (lines.push(line) > 1) return;
    sending = sending.then(() => {
      const body = JSON.stringify(lines);
      lines = [];
      return fetch("/report", { method: "POST", body });
    });
  };
  console.log = console.error = console.warn = (...values) => send(values.map(String).join(" "));
  addEventListener("error", (event) => send("uncaught: " + (event.error?.stack ?? event.message)));
  addEventListener("unhandledrejection", (event) => send("uncaught: " + (event.reason?.stack ?? event.reason)));
`;
