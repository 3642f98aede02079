const source = { n: 1, s: "x", u: undefined, nil: null, b: 10n, list: [1, , { deep: true }], date: new Date(5), re: /a/g, map: new Map([[{ k: 1 }, new Set([1, "2"])]]), nested: {} };
source.self = source; source.nested.list = source.list;
const copy = structuredClone(source);
console.log(String(copy !== source), String(copy.self === copy), String(copy.nested.list === copy.list), String(1 in copy.list), String(copy.list.length), Object.keys(copy).join());
console.log(String(copy.date.getTime()), String(copy.re), JSON.stringify([...copy.map.keys()]), JSON.stringify([...[...copy.map.values()][0]]), typeof copy.b, String("u" in copy));
class P { constructor() { this.x = 1; } get y() { return 2; } }
const p = structuredClone(new P());
console.log(JSON.stringify(p), String(p instanceof P), String(Object.getPrototypeOf(p) === Object.prototype), JSON.stringify(structuredClone(Object.freeze([1]))), String(Object.isFrozen(structuredClone(Object.freeze({})))));
console.log(structuredClone("str"), String(structuredClone(undefined)), String(Object.is(structuredClone(-0), -0)), typeof structuredClone(Object(1)), String(structuredClone(Object("s")).length));
