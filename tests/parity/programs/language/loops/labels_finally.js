const log = []
function f() {
  outer: for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      try { if (j === 1) continue outer; if (i === 2) break outer; log.push(`t${i}${j}`) } finally { log.push(`f${i}${j}`) }
    }
  }
  return 'done'
}
log.push(f())
outer: for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 3; j++) {
    try { try { break outer } finally { throw 'x' } } catch (e) { log.push(e + i + j) }
  }
  log.push('row' + i)
}
a: for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 2; j++) {
    try { break a } finally { log.push('c'); continue }
  }
  log.push('end' + i)
}
for (let i = 0; i < 3; i++) { try { continue } finally { log.push('u' + i) } }
for (let i = 0; i < 5; i++) { try { if (i === 1) continue; if (i === 3) break } finally { log.push('v' + i++) } }
let n = 0
while (n < 3) { try { n++; continue } finally { log.push('n' + n) } }
function g() { for (const x of [1, 2, 3]) { try { return x } finally { if (x < 2) continue; log.push('r' + x) } } }
log.push(g())
blk: { try { break blk } finally { log.push('blk') } log.push('no') }
function h() { l: { try { return 1 } finally { break l } } return 2 }
log.push(h())
console.log(log.join())
