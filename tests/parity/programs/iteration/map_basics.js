const m = new Map([['a', 1], ['b', 2]])
console.log(m.size, m.get('a'), m.get('z'), m.has('b'), m.delete('a'), m.delete('a'), m.size)
console.log(m.set('c', 3).set('b', 20) === m, [...m].join('|'), [...m.keys()].join(), [...m.values()].join())
const keys = [NaN, 0, '0', null, undefined, true, 1, '1', 1n, 1.5, {}, [], Symbol.iterator, 'true', false, 2 ** 53, 1e300]
const k = new Map(keys.map((key, i) => [key, i]))
console.log(k.size, keys.map((key) => k.get(key)).join())
console.log(k.get(-0), k.get(0n), k.get(Number('NaN')), k.get(BigInt(1)), k.get({}), Object.is([...new Map([[-0, 1]]).keys()][0], 0))
m.forEach(function (v, key, map) { console.log(v, key, map === m, this.x) }, { x: 'this' })
console.log(m.clear(), m.size, Object.prototype.toString.call(m), Map.name, Map.length, Map.prototype.entries === Map.prototype[Symbol.iterator])
for (const f of [() => Map(), () => Map.prototype.get.call({}, 1), () => Map.prototype.size, () => new Map().forEach(1), () => new Map().entries().next.call([]), () => new Map([[1, 2], 3])]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(Object.prototype.toString.call(m.entries()), Map[Symbol.species] === Map, JSON.stringify(new Map([[1, 2]])))
class Counter extends Map { add(x) { return this.set(x, (this.get(x) ?? 0) + 1) } }
const c = [...'mississippi'].reduce((acc, x) => acc.add(x), new Counter())
console.log([...c].map(([a, b]) => a + b).join(), c instanceof Map, c.constructor.name)
