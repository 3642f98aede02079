function* g(a) { const b = yield a + 1; const c = yield b * 2; return c }
const it = g(1)
console.log(JSON.stringify([it.next('ignored'), it.next(10), it.next(7), it.next(), it.next()]))
console.log(it[Symbol.iterator]() === it, it instanceof g, Object.prototype.toString.call(it), typeof it.next)
console.log([...g(1)].join(), g.constructor.name, 'prototype' in g, g.length, g.name)
for (const f of [() => new g(), () => g.prototype.next.call({}), () => g.prototype.return.call(1), () => g.prototype.throw.call(null)]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
function* running() { try { self.next() } catch (e) { yield e.name + ': ' + e.message } try { self.return() } catch (e) { yield e.message } }
const self = running()
console.log(self.next().value, '|', self.next().value)
