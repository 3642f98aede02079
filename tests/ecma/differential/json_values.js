// Values of every kind through JSON.stringify, with replacers and indentation; and the messages of circular ones.
const leaves = [1, -0, 1.5, NaN, Infinity, "s", '\u2028"\\\b\f\n\r\t\u0001\u007f\ud83d\ude00', "\ud800", "\udc00x", null, true, false, undefined, () => 1, Symbol("q"),
  new Date(0), new Date(NaN), /x/, new Number(3), new String("w"), new Boolean(false), Object(Symbol()), { toJSON(key) { return "made of " + key; } }, { toJSON: 1 },
  new Map([[1, 2]]), new Proxy({ a: 1 }, {}), new Proxy([1, 2], {}), new Error("x"), Object.create({ p: 1 }), { [Symbol("s")]: 1, b: 2 }];
const tree = (depth) => {
  const kind = depth > 0 ? random() : 0;
  if (kind < 0.5) return pick(leaves);
  if (kind < 0.75) {
    const list = Array.from({ length: below(4) }, () => tree(depth - 1));
    if (random() < 0.1) list.length += 2;
    return list;
  }
  const made = {};
  for (let left = below(4); left > 0; left--) made[pick(["a", "b", "c", "2", "1", "é", "__x", "a b", '"'])] = tree(depth - 1);
  return made;
};
const replacers = [undefined, null, (key, value) => (typeof value === "number" ? value + 1 : value), ["a", "b", 1, "2", new String("c"), new Number(1), "a"],
  function (key, value) { return key === "b" ? undefined : value; }, [], {}];
const spaces = [undefined, 0, 1, 2, 10, 11, -1, "\t", "--", "abcdefghijklmnop", null, new Number(3), new String("x"), {}, ""];
for (let i = 0; i < CASES; i++) {
  const value = tree(4), replacer = pick(replacers), space = pick(spaces);
  log(attempt(() => JSON.stringify(value, replacer, space)));
}
class Node { }
const node = new Node();
node.self = { list: [node] };
const own = {}, list = [], deep = { a: { b: [1, {}] } }, long = { x: {} };
own.own = own;
list.push([list]);
deep.a.b[1].x = deep.a;
long.x["a b"] = { y: { z: long } };
for (const value of [node, own, list, deep, long, { a: 1n }, { a: { toJSON() { return 1n; } } }]) log(attempt(() => JSON.stringify(value)));
let nested = [];
for (let i = 0; i < 3000; i++) nested = [nested];
log(JSON.stringify(nested).length);
