const k1 = {}, k2 = () => {}, wm = new WeakMap([[k1, 'one']]), ws = new WeakSet([k1])
console.log(wm.get(k1), wm.has(k2), wm.set(k2, 'two') === wm, wm.get(k2), wm.delete(k1), wm.delete(k1), wm.get(k1), wm.has('x'), wm.get(1), wm.delete(null))
console.log(ws.has(k1), ws.add(k2) === ws, ws.delete(k1), ws.has(k1), ws.has(5))
for (const f of [() => WeakMap(), () => wm.set('s', 1), () => ws.add(1), () => new WeakMap([[1, 2]]), () => WeakMap.prototype.get.call(new Map(), 1), () => wm.set(Symbol.for('reg'), 1)]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(Object.prototype.toString.call(wm), Object.prototype.toString.call(ws), typeof wm[Symbol.iterator], wm.size)
