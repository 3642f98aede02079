// An array of one element is sorted as it is: nothing is read and nothing written back (V8 goes no further than the length).
const log = (...values) => console.log(...values.map(String))
for (const v of [[], [3], [undefined], [[2]]]) log(Object.freeze(v).sort() === v, v.length)
for (const v of [[2, 1], [1, 2]]) try { log(Object.freeze(v).sort()) } catch (e) { log(e) }
const p = new Proxy([1], { set(t, k) { log('set', k); return true }, has(t, k) { log('has', k); return k in t }, get(t, k) { log('get', k); return t[k] } })
p.sort()
const q = { length: 1, get 0() { log('got'); return 1 } }
log(Array.prototype.sort.call(q) === q)
try { [1].sort(1) } catch (e) { log(e) }
log(Object.freeze([1]).toSorted())
const sym = Symbol('s'), told = { toString() { log('converted'); return 'x' } }
log([undefined, sym].sort().length, [sym, undefined, undefined].toSorted().indexOf(sym), [, told].sort()[0] === told, [undefined, told].sort()[0] === told)
try { [sym, 1].sort() } catch (e) { log(e) }
