const s = new Set([1, 2, 2, NaN, NaN, 0, -0, '1'])
console.log(s.size, [...s].join(), s.has(NaN), s.has(-0), s.add(5) === s, s.delete(1), s.delete(1))
console.log([...new Set([3, 1, 3, 2])].join(), [...new Set('banana')].join(''), new Set().size, new Set(null).size)
console.log([...new Set(['a']).entries()].join(), Set.prototype.keys === Set.prototype.values, Set.prototype[Symbol.iterator] === Set.prototype.values)
for (const x of s) { if (x === 2) s.add('late'); console.log(x) }
s.forEach((a, b, set) => { if (a === 'late') console.log(a === b, set === s) })
console.log([true, 1, '1', 1n].map((x) => new Set([true]).has(x)).join(), Object.is([...new Set([-0])][0], -0))
for (const f of [() => Set(), () => Set.prototype.add.call(new Map(), 1), () => new Set(5), () => new Set().forEach()]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
const a = new Set([1, 2, 3]), b = new Set([2, 3, 4])
console.log([...a].filter((x) => b.has(x)).join(), [...new Set([...a, ...b])].join())
class Loud extends Set { add(x) { console.log('add ' + x); return super.add(x) } }
console.log(new Loud([1, 2]).size)
const add = Set.prototype.add
Set.prototype.add = 5
try { new Set([1]) } catch (e) { console.log(e.message) }
console.log(new Set().size)
Set.prototype.add = add
