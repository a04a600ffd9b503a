import { builtin, nodeProcess } from "../host/globals.ts";

interface Os {
  networkInterfaces(): Readonly<Record<string, readonly NetworkAddress[] | undefined>>;
}
interface Fs {
  readFileSync(path: string, encoding: "utf8"): string;
}
export interface NetworkAddress {
  readonly address: string;
  /** `"IPv4"`, on some versions 4. */
  readonly family: string | number;
  readonly internal: boolean;
  readonly scopeid?: number;
}

const platform = (nodeProcess as { readonly platform?: string } | undefined)?.platform;

/** The addresses of this machine, by the name of the interface; nothing where the runtime does not tell. */
export function networkInterfaces(): [name: string, addresses: readonly NetworkAddress[]][] {
  try {
    return Object.entries(builtin<Os>("os")?.networkInterfaces() ?? {}).map(([name, list]) => [name, list ?? []]);
  } catch {
    return []; // Deno without permission.
  }
}

/** The number of a network interface by its name; a number stands for itself. Null when there is none of the name. */
export function interfaceIndex(name: string): number | null {
  if (/^\d+$/.test(name)) return Number(name);
  if (!/^[^/\s]+$/.test(name)) return null;
  for (const [other, addresses] of networkInterfaces()) {
    if (other !== name) continue;
    const scope = addresses.find(({ scopeid = 0 }) => scopeid > 0)?.scopeid;
    if (scope !== undefined) return scope;
  }
  return readIndex(name);
}

/** The name that system calls take for the number of a network interface. */
export function interfaceName(index: number): string {
  if (platform === "win32") return String(index);
  const interfaces = networkInterfaces();
  const found =
    interfaces.find(([, addresses]) => addresses.some(({ scopeid }) => scopeid === index)) ??
    interfaces.find(([name]) => readIndex(name) === index);
  return found?.[0] ?? String(index);
}

/** Node tells the number with a link-local address only. The kernel's own table is no file on a disk: it does not block. */
function readIndex(name: string): number | null {
  if (platform !== "linux") return null;
  try {
    return Number(builtin<Fs>("fs")?.readFileSync(`/sys/class/net/${name}/ifindex`, "utf8"));
  } catch {
    return null;
  }
}
