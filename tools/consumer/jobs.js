export function greet(kind) {
  return `hello ${kind}`;
}

export async function say(queue) {
  await queue.put("done");
}
