const log = []
outer: for (let i = 0; i < 4; i++) {
  inner: for (let j = 0; j < 4; j++) {
    if (j === 1) continue inner
    if (i === 1) continue outer
    if (i === 3) break outer
    if (j === 3) break inner
    log.push(`${i}${j}`)
  }
  log.push('end' + i)
}
block: { log.push('in'); if (log.length) break block; log.push('never') }
a: b: for (const x of [1, 2, 3]) { if (x === 1) continue a; if (x === 2) continue b; log.push('x' + x); break a }
w: while (true) { do { for (const z of [1]) { break w } } while (true) }
l1: { l2: { l3: { break l2 } log.push('no') } log.push('yes'); for (;;) { break l1 } }
deep: for (const p of [1, 2]) { for (const q of [1, 2]) { for (let r = 0; r < 2; r++) { while (true) { if (q === 2) continue deep; break } log.push(`${p}${q}${r}`) } } }
sw: switch (1) { case 1: for (;;) { break sw } ; log.push('not') }
cont: for (let i = 0; i < 3; i++) { switch (i) { case 1: continue cont; default: log.push('s' + i) } log.push('after' + i) }
foo: if (true) { break foo }
console.log(log.join())
