const log = []
function* g() { try { yield 1; yield 2; yield 3 } finally { log.push('finally') } }
for (const x of g()) { log.push(x); if (x === 2) break }
const [first] = g()
log.push(first)
try { for (const x of g()) throw new Error('e') } catch (e) { log.push(e.message) }
for (const [a] of [g()]) log.push(a)
const abandoned = g()
abandoned.next()
log.push([...g()].join())
function* nest() { try { yield* g() } finally { log.push('outer') } }
for (const x of nest()) break
new Map((function* () { try { yield ['k', 'v']; yield ['l', 'w'] } finally { log.push('map done') } })())
try { new Map((function* () { try { yield 1 } finally { log.push('map closed') } })()) } catch (e) { log.push(e.name) }
Array.from(g(), (x) => x)
try { Array.from(g(), () => { throw new Error('mapper') }) } catch (e) { log.push(e.message) }
console.log(log.join(' '))
