// A method that is replaced while the arguments of its call are evaluated, or by the callback of another call.
const log = [], kept = [[String, 'toUpperCase'], [Array, 'filter'], [Array, 'join'], [Map, 'get']].map(([c, k]) => [c.prototype, k, c.prototype[k]])
const patch = () => { String.prototype.toUpperCase = () => 'PATCHED'; return 'x' }
log.push('ab'.concat('cd'.toUpperCase(), patch(), 'ef'.toUpperCase()))
const words = ['a', 'b', 'c'].map((w, i) => { if (i === 1) Array.prototype.filter = () => ['filtered']; return w + i }).filter((w) => w > 'b').join()
log.push(words)
const joined = [1, 2].join((Array.prototype.join = () => 'late', '+'))
log.push(joined, [1, 2].join('+'))
Array.prototype.join = kept[2][2]
console.log(log.join(' '))
const seen = []
const m = new Map([['k', 1]])
const v = m.get((Map.prototype.get = function (k) { seen.push(k); return 'patched' }, 'k'))
console.log(v, m.get('k'), seen.join())
class Own { constructor() { this.items = [] } push(x) { this.items.push(x); return this } get(i) { return this.items[i] } }
console.log(new Own().push(1).push(2).get(1))
const o = { items: [], push(x) { return this.items.push(x) + 10 } }
console.log(o.push('a'), o?.push('b'), o.items?.push('c'), o.none?.push('d'), o['push']('e'))
for (const [prototype, key, original] of kept) prototype[key] = original
