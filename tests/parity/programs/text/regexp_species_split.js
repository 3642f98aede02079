class Loud extends RegExp {
  static get [Symbol.species]() { console.log("species"); return RegExp; }
}
console.log(JSON.stringify("a,b".split(new Loud(","))), JSON.stringify([..."a1".matchAll(new Loud("\\d", "g"))].map((m) => m[0])));
console.log("x".replace(new Loud("x"), "y"), String(new Loud("q").test("q")), Loud.name, String(new Loud("a", "g")));
