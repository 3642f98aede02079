for (const v of [() => 1, Symbol("s"), { a: { b: () => 2 } }, new WeakMap(), Promise.resolve(), [function named() {}]]) {
  try { structuredClone(v); console.log("cloned"); } catch (e) { console.log(e.name + " " + e.code + " " + e.message + " " + (e instanceof Error)); }
}
const error = new TypeError("bad", { cause: { a: 1 } });
error.extra = 1;
const copy = structuredClone(error);
console.log(copy.name, copy.message, JSON.stringify(copy.cause), String(copy.extra), String(copy instanceof TypeError), String(copy.stack === error.stack));
class Mine extends RangeError { constructor(m) { super(m); this.name = "Mine"; } }
console.log(String(structuredClone(new Mine("m"))), String(structuredClone(new Mine("m")) instanceof RangeError));
