const p = Promise.resolve(1)
p.constructor = function Fake() {}
console.log(Promise.resolve(p) === p)
try { p.then(() => {}) } catch (e) { console.log(e.name) }
const q = Promise.resolve(2)
Object.defineProperty(q, 'constructor', { get() { console.log('constructor read'); return Promise } })
console.log(await q)
q.then(() => {})
const r = Promise.resolve(3)
Object.defineProperty(r, 'constructor', { get() { throw new Error('no constructor') } })
try { await r } catch (e) { console.log(e.message) }
