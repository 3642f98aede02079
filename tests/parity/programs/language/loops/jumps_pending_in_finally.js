const log = []
function a() {
  outer: for (let i = 0; i < 3; i++) {
    for (const j of [0, 1]) {
      try { if (j === 1) continue outer; log.push(`${i}${j}`) } finally {
        inner: { for (const k of [1, 2]) { if (k === 2) break inner; log.push('k' + k) } log.push('no') }
        try { throw 'x' } catch (e) { log.push(e) }
      }
    }
  }
}
a()
async function b() {
  L: for (let i = 0; i++ < 3;) {
    switch (0) {
      default:
        try { try { } finally { log.push('f'); if (i < 3) continue; log.push('last') } } finally { log.push('g'); M: { try { if (i > 5) continue L } catch (e) { log.push(e) } } }
    }
    log.push('end' + i)
  }
}
await b()
function c() { for (const x of [1, 2, 3]) { try { try { if (x === 2) return 'ret' } finally { for (const y of [1]) { if (y) break } } } finally { w: while (true) { do { break w } while (true) } } } }
log.push(c())
function d() { let n = 0; o: for (;;) { for (; ;) { try { n++; if (n > 3) break o; continue o } finally { if (n === 2) { n = 10; continue } } } } return n }
log.push(d())
console.log(log.join(' '))
