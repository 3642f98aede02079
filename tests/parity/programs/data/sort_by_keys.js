// Comparators whose text says which keys they compare, on arrays long enough that nobody needs to call them.
let seed = 7
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
const rows = (n = 60, more = {}) => Array.from({ length: n }, (_, i) => ({ id: i, rank: Math.floor(random() * 6), score: random() < 0.3 ? -0 : Math.round(random() * 40) / 4, name: ['Ann', 'bob', 'Cy', 'Äb', 'ann', 'a-b', '10', '9'][i * 5 % 8], at: { x: i % 3, tags: 'x'.repeat(i % 4) }, ...more }))
const ids = (xs) => xs.map((x) => x.id).join(' ')
const show = (compare, xs = rows()) => { console.log(ids(xs.toSorted(compare))); xs.sort(compare); console.log(ids(xs)) }
show((a, b) => a.rank - b.rank)
show((a, b) => b.rank - a.rank || a.score - b.score)
show((a, b) => (a.rank - b.rank) || (b.id - a.id))
show((a, b) => { return a.score - b.score; })
show((a, b) => (a.at.x - b.at.x || b.at.tags.length - a.at.tags.length))
show(function (x, y) { return y.at.x - x.at.x || x.name.localeCompare(y.name) })
show(function byName(a, b) { return b.name.localeCompare(a.name) || b.id - a.id; })
show((a, b) =>
  a.rank -
  b.rank)
show((a, b) => { return
  a.rank - b.rank })
// What only looks like it.
show((a, b) => a.rank - b.score)
show((a, b) => a.rank - a.rank)
show((a, b) => a.rank + b.rank)
show((a, b) => a.rank - b.rank - 1)
show((a, b) => a.rank - b.rank && a.id - b.id)
show((a, b) => a.rank > b.rank)
show((a, b = { rank: 3 }) => a.rank - b.rank)
show((a, b) => a.rank - b.rank /* || b.id - a.id */)
show((a, b) => a.missing - b.missing || b.id - a.id)
const a = { rank: 1 }; show((x, b) => a.rank - b.rank)
// Keys that are no numbers, or not all there.
const odd = [NaN, undefined, null, '7', true, 3n, Infinity, -Infinity, 2 ** 53, 0.5, -0, '', 'x', [4], {}]
for (const key of odd) {
  try { show((a, b) => a.rank - b.rank || a.id - b.id, rows().map((x, i) => (i % 20 ? x : { ...x, rank: key }))) } catch (e) { console.log(e.name, e.message) }
}
const some = rows(40).map((x) => (x.id % 3 ? x.score : NaN)).sort((a, b) => a - b); console.log(some.length, some.filter(Number.isNaN).length)
console.log(rows(40).map((x) => (x.id % 3 ? 1e308 * x.rank : -1e308)).sort((a, b) => b - a).join())
console.log(rows(40).map((x) => (x.id % 7 ? x.name : undefined)).sort((a, b) => a.localeCompare(b)).join())
console.log(rows(40).map((x) => BigInt(x.rank)).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join())
try { rows(40).map((x) => (x.id % 39 ? x : null)).sort((a, b) => a.rank - b.rank) } catch (e) { console.log(e.message) }
// Elements that see the reading.
let reads = 0
const counted = rows(40).map((x) => ({ id: x.id, get rank() { reads++; return x.rank } }))
show((a, b) => a.rank - b.rank, counted); console.log(reads > 40)
class Row { constructor(x) { this.id = x.id; this.#rank = x.rank } #rank; get rank() { return -this.#rank } }
show((a, b) => a.rank - b.rank, rows(40).map((x) => new Row(x)))
show((a, b) => a.rank - b.rank, rows(40).map((x) => Object.freeze(x)))
show((a, b) => a.rank - b.rank, rows(40).map((x) => Object.create(x)).map((x, i) => Object.assign(x, { id: i })))
const asked = []
show((a, b) => a.rank - b.rank, rows(40).map((x, i) => (i == 20 ? new Proxy(x, { get: (t, k) => (asked.push(k), t[k]) }) : x))); console.log(asked.length > 1)
// Arrays of another kind.
const holes = rows(40); delete holes[3]; holes[50] = { id: 99, rank: 2 }; holes.sort((a, b) => a.rank - b.rank); console.log(holes.length, holes.map((x) => x?.id).join(), 40 in holes)
console.log(ids(Array.prototype.sort.call({ ...rows(40), length: 40 }, (a, b) => b.id - a.id) && [{ id: 1 }]))
class Rows extends Array {}; const mine = Rows.from(rows(40)); mine.sort((a, b) => b.id - a.id); console.log(ids(mine), mine instanceof Rows)
const compare = (a, b) => a.rank - b.rank; show(compare.bind(null)); show(new Proxy(compare, {}))
for (let turn = 0; turn < 3; turn++) show((a, b) => b.id - a.id, rows(34))
const { localeCompare } = String.prototype
String.prototype.localeCompare = function (other) { return this.length - other.length || (this < other ? -1 : 1) }
show((a, b) => a.name.localeCompare(b.name) || a.id - b.id)
Object.defineProperty(String.prototype, 'localeCompare', { value: localeCompare, enumerable: false })
