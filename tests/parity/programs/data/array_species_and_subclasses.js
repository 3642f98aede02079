class Stack extends Array {
  top() { return this[this.length - 1] }
  static get [Symbol.species]() { return Array }
}
class List extends Array { total() { return this.reduce((a, b) => a + b, 0) } }
const s = Stack.from([1, 2, 3])
console.log(s instanceof Stack, s.length, s.top(), Array.isArray(s), s.map((x) => x) instanceof Stack)
const l = new List(1, 2, 3)
console.log(l.total(), l.filter((x) => x > 1) instanceof List, l.filter((x) => x > 1).total(), l.slice(1).constructor.name)
console.log(l.concat([4]).total(), l.flatMap((x) => [x, x]).total(), l.splice(0, 1) instanceof List, l.length)
console.log(List.of(1, 2).total(), new List(3).length, JSON.stringify(List.from('ab')))
console.log([].concat(l) instanceof List, l.toSorted() instanceof List, l.with(0, 1) instanceof List)
l.push(10)
console.log(l.total(), l.length, String(l))
l.extra = 'named'
console.log(Object.keys(l).join(), JSON.stringify(l))
const a = [1, 2]
a.constructor = { [Symbol.species]: function (n) { this.made = n } }
const r = a.map((x) => x * 2)
console.log(r.made, r[0], r[1], Array.isArray(r))
const b = [1]
b.constructor = undefined
console.log(Array.isArray(b.map((x) => x)))
const c = [1]
c.constructor = 5
try { console.log(Array.isArray(c.map((x) => x))) } catch (e) { console.log(e.name + ': ' + e.message) }
const d = [1]
d.constructor = { [Symbol.species]: 5 }
try { d.map((x) => x) } catch (e) { console.log(e.name + ': ' + e.message) }
function Collector(n) { this.n = n }
const made = Array.from.call(Collector, { length: 2, 0: 'x', 1: 'y' })
console.log(made instanceof Collector, made.n, made[0], made.length)
const of = Array.of.call(Collector, 'p', 'q')
console.log(of.n, of[1], of.length)
console.log(Array[Symbol.species] === Array, Array.from.call({}, [1]).constructor === Array)
