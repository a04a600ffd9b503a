/**
 * The numbers of Python's `socket` module, as Linux has them; the same on every system here, where only their names
 * matter.
 */

/** Any family. */
export const AF_UNSPEC = 0;
/** Unix sockets. */
export const AF_UNIX = 1;
/** IPv4. */
export const AF_INET = 2;
/** IPv6. */
export const AF_INET6 = 10;

/** What an address is of: `AF_UNSPEC`, `AF_INET`, `AF_INET6` or `AF_UNIX`. */
export type AddressFamily = typeof AF_UNSPEC | typeof AF_UNIX | typeof AF_INET | typeof AF_INET6;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;

export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;

/** The addresses are for a server: without a host, all of this machine's. */
export const AI_PASSIVE = 1;
/** Tell the host's canonical name in the first entry. */
export const AI_CANONNAME = 2;
/** The host is an address already: never ask anyone. */
export const AI_NUMERICHOST = 4;
/** Where there is no IPv6 address, IPv4 addresses in IPv6's form. */
export const AI_V4MAPPED = 8;
/** With `AI_V4MAPPED`: those besides the IPv6 addresses. */
export const AI_ALL = 16;
/** Only families of which this machine has an address, loopback apart. */
export const AI_ADDRCONFIG = 32;
/** The port is a number already. */
export const AI_NUMERICSERV = 1024;

/** The address instead of the host's name. */
export const NI_NUMERICHOST = 1;
/** The number instead of the service's name. */
export const NI_NUMERICSERV = 2;
/** The first part of the name only, for hosts of the own domain. */
export const NI_NOFQDN = 4;
/** A host without a name is an error. */
export const NI_NAMEREQD = 8;
/** The service is one of UDP. */
export const NI_DGRAM = 16;
