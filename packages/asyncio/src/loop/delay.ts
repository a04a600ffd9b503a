/** A length of time: seconds as a number, or a string with its unit (`"250ms"`, `"1.5s"`, `"2m"`, `"1h"`). */
export type Delay = number | `${number}ms` | `${number}s` | `${number}m` | `${number}h`;

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;
const PATTERN = /^(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ms|s|m|h)$/i;

/** The seconds of a delay. Throws `RangeError` for NaN and for a string without a known unit, `TypeError` for the rest. */
export function toSeconds(delay: Delay): number {
  if (typeof delay === "number") {
    if (Number.isNaN(delay)) throw new RangeError("Invalid delay: NaN (not a number)");
    return delay;
  }
  if (typeof delay !== "string") {
    throw new TypeError(`a delay is a number of seconds or a string such as "250ms", got ${typeof delay}`);
  }
  const match = PATTERN.exec(delay);
  if (match === null) {
    throw new RangeError(`Invalid delay: ${JSON.stringify(delay)}; write a number with ms, s, m or h, such as "1.5s"`);
  }
  return Number(match[1]) * UNITS[match[2]!.toLowerCase() as keyof typeof UNITS];
}
