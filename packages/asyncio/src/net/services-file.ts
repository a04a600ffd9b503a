import { wordsOf } from "./config-file.ts";

type ServiceProtocol = "tcp" | "udp";

/** Where there is no `/etc/services`, as in many containers. */
const WELL_KNOWN = `
ftp 21/tcp
ssh 22/tcp
telnet 23/tcp
smtp 25/tcp
domain 53/tcp
domain 53/udp
tftp 69/udp
http 80/tcp www
pop3 110/tcp
ntp 123/udp
imap2 143/tcp imap
snmp 161/udp
ldap 389/tcp
https 443/tcp
https 443/udp
submissions 465/tcp
syslog 514/udp
submission 587/tcp
ldaps 636/tcp
imaps 993/tcp
pop3s 995/tcp
`;

/** What `/etc/services` says. */
export class Services {
  private readonly ports: Map<string, number> = new Map();
  private readonly names: Map<string, string> = new Map();

  constructor(text: string) {
    for (const line of (text === "" ? WELL_KNOWN : text).split("\n")) {
      const [name, where = "", ...aliases] = wordsOf(line);
      const [, port, protocol] = /^(\d+)\/(tcp|udp)$/.exec(where) ?? [];
      if (name === undefined || protocol === undefined) continue;
      if (!this.names.has(where)) this.names.set(where, name);
      for (const each of [name, ...aliases]) {
        const key = `${each}/${protocol}`;
        if (!this.ports.has(key)) this.ports.set(key, Number(port));
      }
    }
  }

  portOf(name: string, protocol: ServiceProtocol): number | null {
    return this.ports.get(`${name}/${protocol}`) ?? null;
  }

  nameOf(port: number, protocol: ServiceProtocol): string | null {
    return this.names.get(`${port}/${protocol}`) ?? null;
  }
}
