// "Python Concurrency (v)", generators. A plain generator, no event loop; JavaScript's own `next()`.
export {};

function* makeGen(): Generator<string> {
  yield "Hi";
  yield "You";
}

const gen = makeGen();
console.log(gen.next().value); // Hi
console.log(gen.next().value); // You
