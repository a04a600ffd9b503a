// "Python Concurrency (v)", "Coroutine an extension of Generator". A plain generator that is sent a value.
// The two printing lines are lost in the document; its text names them: `next()` first, then `send("You")`.
export {};

function* coro(): Generator<string, void, string> {
  const hi = yield "Hi";
  yield hi;
}

const coroObj = coro();
console.log(coroObj.next().value); // Hi
console.log(coroObj.next("You").value); // You
