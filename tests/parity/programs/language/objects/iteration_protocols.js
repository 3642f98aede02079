const o = { a: 1, b: 2, [Symbol.iterator]: function* () { for (const k of Object.keys(this)) yield [k, this[k]] } }
console.log([...o].join(';'), new Map(o).get('b'), Object.fromEntries(o).a, Array.from(o).length)
class Tree { constructor(v, ...kids) { this.v = v; this.kids = kids } *[Symbol.iterator]() { yield this.v; for (const k of this.kids) yield* k } }
console.log([...new Tree(1, new Tree(2, new Tree(3)), new Tree(4))].join())
const it = [1, 2, 3][Symbol.iterator](); it.next(); console.log([...it].join())
const ent = new Map([[1, 'a']]).entries(); console.log(ent.next().value.join(), ent.next().done, ent[Symbol.iterator]() === ent)
const e2 = { from: 1, to: 3, [Symbol.iterator]() { let c = this.from, t = this.to; return { next: () => c <= t ? { value: c++, done: false } : { value: undefined, done: true } } } }
console.log(Math.max(...e2), [...e2].join(), (([a, b]) => a + b)(e2)); for (const x of e2) { console.log(x); if (x === 2) break }
console.log(Object.entries({ x: 1, y: 2 }).map(([k, v]) => `${k}=${v}`).join('&'), [...'ab'].entries().next().value.join())
const conv = { [Symbol.toPrimitive]: (h) => h === 'number' ? 42 : h === 'string' ? 'str' : 'dflt' }
console.log(+conv, `${conv}`, conv + '', conv * 2, conv == 'dflt', [conv] + '')
const tagd = { get [Symbol.toStringTag]() { return 'Custom' } }
console.log(String(tagd), Object.prototype.toString.call(tagd))
console.log([3, 1, 2].toString(), String([1, [2, 3]]), String({}), String(() => 1).replace(/\s/g, ''), [null, undefined, 1] + '')
