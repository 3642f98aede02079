const log = []
function f(n) {
  try {
    try { if (n === 1) throw new Error('one'); if (n === 2) throw 'two'; log.push('body') } catch (e) {
      if (typeof e === 'string') throw e + '!'
      log.push(e.message)
      try { throw 'again' } catch (e) { log.push(e) }
      log.push(e.message)
    } finally { log.push('f1') }
  } catch (err) { log.push('outer ' + err); return 'r' } finally { log.push('f2') }
  return 'end'
}
log.push(f(0), f(1), f(2))
const saved = []
for (const x of [1, 2]) { try { throw x } catch (e) { saved.push(() => e) } }
log.push(saved.map(s => s()).join())
try { throw [1, { b: 2 }] } catch ([a, { b, c = a + b }]) { log.push(a, b, c) }
const rethrow = () => { try { throw new TypeError('orig') } catch (e) { e.extra = 'x'; throw e } }
try { rethrow() } catch (e) { log.push(e.extra + e.message) }
console.log(log.join())
