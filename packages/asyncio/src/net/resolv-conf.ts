import { wordsOf } from "./config-file.ts";

/** What `/etc/resolv.conf` says besides the servers, which c-ares reads itself. */
export interface ResolvConf {
  readonly search: readonly string[];
  /** A name with so many dots is asked for as it is first. */
  readonly ndots: number;
  /** How long a server has to answer, in seconds. */
  readonly timeout: number;
  readonly attempts: number;
}

/** The defaults and upper bounds are the C library's. */
export function parseResolvConf(text: string): ResolvConf {
  let search: readonly string[] = [];
  const options = { ndots: 1, timeout: 5, attempts: 2 };
  for (const line of text.split("\n")) {
    const [keyword, ...words] = wordsOf(line, /[#;].*/);
    if (keyword === "search") search = words;
    else if (keyword === "domain") search = words.slice(0, 1);
    else if (keyword === "options") {
      for (const word of words) {
        const [, name, value] = /^(ndots|timeout|attempts):(\d+)$/.exec(word) ?? [];
        if (name !== undefined) options[name as keyof typeof options] = Number(value);
      }
    }
  }
  return {
    search: search.filter((domain) => domain !== "."),
    ndots: Math.min(options.ndots, 15),
    timeout: Math.min(Math.max(options.timeout, 1), 30),
    attempts: Math.min(Math.max(options.attempts, 1), 5),
  };
}

/** The names to ask for, in the order of the C library. A dot at the end says that the name is complete. */
export function searchNames(name: string, search: readonly string[], ndots: number): string[] {
  if (name.endsWith(".")) return [name];
  const dots = name.split(".").length - 1;
  const longer = search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...longer] : [...longer, name];
}

/** Whether `/etc/nsswitch.conf` has hosts looked for in more places than the hosts file and the DNS. */
export function hasOtherSources(nsswitch: string): boolean {
  for (const line of nsswitch.split("\n")) {
    const [keyword, ...sources] = wordsOf(line.replace(/\[.*?\]/g, " "));
    if (keyword === "hosts:") return sources.some((source) => source !== "files" && source !== "dns");
  }
  return false;
}
