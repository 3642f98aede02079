// Loops over our own iterators, of which nobody sees the result objects, and over those that were prepared.
const xs = ['a', 'b', 'c']
const map = new Map([['k', 1], ['l', 2]])
const set = new Set([1, 'two'])
function* gen() { try { const got = yield 1; console.log('got', got); yield 2 } finally { console.log('closed') } return 3 }
const sources = { keys: () => xs.keys(), values: () => xs.values(), entries: () => xs.entries(), map: () => map.entries(), mapKeys: () => map.keys(), set: () => set.values(), setEntries: () => set.entries(), string: () => 'x\u{1f600}y'[Symbol.iterator](), gen, matches: () => 'a1b22'.matchAll(/\d+/g), like: () => Array.prototype.values.call({ length: 2, 0: 'p', 1: 'q' }) }
const use = () => {
  for (const [name, make] of Object.entries(sources)) {
    const all = []
    for (const x of make()) all.push(String(x))
    console.log(name, all.join('|'), [...make()].length, String(Array.from(make(), (x, i) => i)))
    const [first, , third = 'none', ...rest] = make(); console.log(String(first), String(third), rest.length)
    const it = make(); for (const x of it) break; console.log(String([...it]))
    const twice = make(); console.log(String(twice.next().value), [...twice].length, twice.next().done)
    try { for (const x of make()) throw new Error('out') } catch (e) { console.log(e.message) }
    try { console.log(new Set(make()).size, Math.max(...make())) } catch (e) { console.log(e.message) }
  }
}
use()
// Results handed on by yield* are the inner iterator's.
let log = []
const inner = { [Symbol.iterator]() { let i = 0; return { next: () => ({ get done() { log.push('done'); return i > 1 }, get value() { log.push('value'); return i++ } }), return: () => (log.push('return'), {}) } } }
function* outer() { yield 'first'; yield* inner }
console.log([...outer()].join(), log.join()); log = []
for (const x of outer()) { if (x === 0) break } console.log(log.join()); log = []
const [p, q] = outer(); console.log(p, q, log.join()); log = []
// Errors on the way leave an iterator done.
function* bad() { yield 1; throw new TypeError('bad') }
const b = bad(); try { for (const x of b) console.log(x) } catch (e) { console.log(e.message, b.next().done) }
function* self() { yield* [...me] } const me = self(); try { for (const x of me) console.log(x) } catch (e) { console.log(e.message) }
const growing = [1]; for (const x of growing.values()) { if (growing.length < 4) growing.push(x + 1) } console.log(growing.join())
const shrinking = [1, 2, 3, 4]; for (const [i, x] of shrinking.entries()) { shrinking.pop(); console.log(i, x) }
const holes = [1, , 3]; console.log([...holes.values()].join(), [...holes.entries()].join(), [...holes.keys()].join(), [...holes].length); const [h0, h1, ...h2] = holes; console.log(h0, h1, h2.join()); const [, g1 = 'default'] = holes; console.log(g1)
const frozen = Object.freeze([5, 6]); const [f0, ...f1] = frozen; console.log(f0, f1.join(), Object.isFrozen(f1))
const getter = [1, 2]; Object.defineProperty(getter, 0, { get: () => 'got' }); const [g, ...gs] = getter; console.log(g, gs.join(), [...getter.values()].join())
const [only] = 'é'; const [s1, s2, s3] = '\u{1f600}z'; console.log(only, s1.length, s2, s3)
let [u, v] = [1, 2];[u, v] = [v, u]; console.log(u, v); const pair = [1, 2]; [pair[1], pair[0]] = pair; console.log(pair.join()); let m, n;[m, n] = [n, m] = [7, 8]; console.log(m, n)
// Prepared prototypes.
const proto = (o) => Object.getPrototypeOf(o)
for (const [name, make] of Object.entries(sources)) {
  const target = proto(make()); const own = Object.hasOwn(target, 'next'); const holder = own ? target : proto(target); const next = holder.next
  holder.next = function (...args) { log.push(args.length); return next.apply(this, args) }
  console.log(name, [...make()].length, log.join()); log = []
  holder.next = next; console.log([...make()].length)
  Object.defineProperty(target, 'return', { value() { log.push('return'); return {} }, configurable: true })
  for (const x of make()) break; console.log(log.join()); log = []; delete target.return
}
const foreign = { __proto__: proto(xs.values()) }; try { for (const x of { [Symbol.iterator]: () => foreign }) console.log(x) } catch (e) { console.log(e.constructor.name) }
const borrowed = { next: xs.values().next, [Symbol.iterator]() { return this } }; try { [...borrowed] } catch (e) { console.log(e.constructor.name) }
const mixed = map.entries(); mixed.next = xs.values().next; try { [...mixed] } catch (e) { console.log(e.constructor.name) }
const ownNext = xs.values(); ownNext.next = () => ({ done: true }); console.log([...ownNext].length)
Array.prototype[5] = 'inherited'; console.log([...[1, , , , , , 2]].join(), [...Array(6).values()].join()); const [, , , , , five] = Array(6); console.log(five); delete Array.prototype[5]
use()
