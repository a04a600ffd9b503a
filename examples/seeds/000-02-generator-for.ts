// "Python Concurrency (v)", generators: the same values through a `for` loop. A plain generator.
// The loop's body is lost in the document; it prints each value here.
export {};

function* makeGen(): Generator<string> {
  yield "Hi";
  yield "You";
}

const gen = makeGen();
for (const value of gen) {
  console.log(value);
}
