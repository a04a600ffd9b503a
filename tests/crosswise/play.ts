import type { CrosswiseCase, Player, Role, Where } from "./case.ts";

/** Seconds. Less than the deadline of a test: what ends a play has to leave the stage free for the next one. */
const PATIENCE = 15;

/**
 * Plays a case and gives what its parts print. A play that takes longer than `patience` seconds is stopped, and fails with
 * the names of those that had not ended.
 */
export async function play(
  name: string,
  { main }: CrosswiseCase,
  server: Player,
  client: Player,
  patience: number = PATIENCE,
): Promise<string> {
  const stop = new AbortController();
  const playing = new Set<string>();
  const perform = async (player: Player, role: Role, where: Where | null, ready: (where: Where) => void) => {
    const who = `the ${role} in ${player.language}`;
    playing.add(who);
    try {
      return await player.play(name, role, where, ready, stop.signal);
    } finally {
      playing.delete(who);
    }
  };
  const asPlayed = main !== undefined ? perform(server, "main", null, () => {}) : both(perform, server, client);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${name}: ${[...playing].join(" and ")} had not ended after ${patience} s`));
      stop.abort();
    }, patience * 1000);
  });
  try {
    return await Promise.race([asPlayed, impatience]);
  } finally {
    clearTimeout(timer);
    asPlayed.catch(() => {});
  }
}

type Perform = (player: Player, role: Role, where: Where | null, ready: (where: Where) => void) => Promise<string>;

async function both(perform: Perform, server: Player, client: Player): Promise<string> {
  let isReady: (where: Where) => void = () => {};
  const where = new Promise<Where>((resolve) => {
    isReady = resolve;
  });
  const serving = perform(server, "server", null, isReady);
  // A server that fails before it is ready must not leave its client waiting.
  const address = await Promise.race([
    where,
    serving.then(() => Promise.reject(new Error("the server was never ready"))),
  ]);
  const [served, asked] = await Promise.all([serving, perform(client, "client", address, () => {})]);
  return `server:\n${served}client:\n${asked}`;
}
