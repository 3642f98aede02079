const log = []
function source(n, extra = {}) {
  let i = 0
  return { [Symbol.iterator]() { log.push('iter'); return this }, next() { log.push('next'); return i < n ? { value: i++, done: false } : { value: 'end', done: true } }, return(v) { log.push('return'); return {} }, ...extra }
}
for (const x of source(2)) log.push(x)
for (const x of source(5)) { if (x === 1) break; log.push(x) }
try { for (const x of source(5)) throw 'thrown' } catch (e) { log.push(e) }
outer: for (const y of [1, 2]) for (const x of source(2)) { log.push('y' + y); continue outer }
;(() => { for (const x of source(3)) return x })()
try { for (const x of source(3, { return() { log.push('bad'); throw 'from return' } })) break } catch (e) { log.push(e) }
try { for (const x of source(3, { return() { throw 'hidden' } })) throw 'kept' } catch (e) { log.push(e) }
try { for (const x of source(3, { next() { throw 'next failed' } })) ; } catch (e) { log.push(e) }
try { for (const x of source(3, { return() { return 5 } })) break } catch (e) { log.push(e.message) }
try { for (const x of source(3, { next() { return 5 } })) ; } catch (e) { log.push(e.message) }
try { for (const x of 5) ; } catch (e) { log.push(e.message) }
try { for (const x of {}) ; } catch (e) { log.push(e.message) }
for (const x of source(3, { return: undefined })) break
console.log(log.join())
