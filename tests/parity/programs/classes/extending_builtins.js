class Stack extends Array { peek() { return this[this.length - 1] } static get [Symbol.species]() { return Array } }
const s = new Stack(); s.push(1, 2, 3)
console.log(s.peek(), s.length, Array.isArray(s), s instanceof Stack, s.map((x) => x) instanceof Stack, Stack.from([1, 2]).peek(), Stack.of(7).peek(), JSON.stringify(s), s.constructor.name, s + '')
class List extends Array {}
const l = List.from([3, 1, 2])
console.log(l.filter((x) => x > 1) instanceof List, l.sort().join(), l.concat([9]).constructor.name, l.slice(1).length, new List(3).length, new List(1, 2).length, [...l].constructor.name, Object.keys(l).join())
l.length = 1; console.log(l.join(), l.at(-1)); l.extra = 'e'; console.log(Object.keys(l).join(), l.flatMap((x) => [x, x]).constructor.name)
class HttpError extends Error { constructor(status, message, options) { super(message, options); this.name = 'HttpError'; this.status = status } get isClient() { return this.status < 500 } }
const e = new HttpError(404, 'nope', { cause: 'c' })
console.log(e instanceof HttpError, e instanceof Error, e.name, e.message, e.status, e.isClient, String(e), e.cause, Object.prototype.toString.call(e), Object.keys(e).join(), JSON.stringify(e), e.stack.split('\n')[0])
class Quiet extends TypeError {} ; const q = new Quiet('q'); console.log(String(q), q.name, q.constructor.name, q instanceof TypeError, Object.hasOwn(q, 'message'), Object.hasOwn(q, 'name'))
class DefaultMap extends Map { constructor(mk, it) { super(it); this.mk = mk } get(k) { if (!this.has(k)) this.set(k, this.mk()); return super.get(k) } }
const d = new DefaultMap(() => [], [['a', [1]]]); d.get('a').push(2); d.get('b').push(3); console.log(JSON.stringify([...d]), d.size, d instanceof Map, Object.prototype.toString.call(d))
class USet extends Set { add(v) { return super.add(String(v).toUpperCase()) } } console.log([...new USet(['a', 'A', 'b'])].join())
class MyP extends Promise { static get [Symbol.species]() { return Promise } } ; const mp = MyP.resolve(1); console.log(mp instanceof MyP, mp.then(() => {}) instanceof MyP, await mp)
class P2 extends Promise {} console.log(P2.resolve(1).then((x) => x) instanceof P2, await P2.all([1, P2.resolve(2)]).then((x) => x.join()))
class Str extends String { shout() { return this.toUpperCase() + '!' } get len() { return this.length } } const st = new Str('hey'); console.log(st.shout(), st.len, st instanceof String, typeof st, st + '', st[1], JSON.stringify(st))
class Num extends Number { dbl() { return this * 2 } } console.log(new Num(21).dbl(), new Num(5) + 1, class extends Boolean {}.name === '', new (class B extends Boolean {})(true).valueOf())
class Fn extends Object { constructor() { super(5); } } console.log(typeof new Fn(), new Fn() instanceof Fn, Object.keys(new Fn()).length)
class Dt extends Date { year() { return this.getUTCFullYear() } } console.log(new Dt(0).year(), new Dt(0).toISOString())
class Re extends RegExp { test(s) { return !super.test(s) } } console.log(new Re('a').test('b'), 'xax'.replace(new Re('a'), 'b'))
