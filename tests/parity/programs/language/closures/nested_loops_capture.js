const out = []
for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 2; j++) {
    let sum = i + j
    out.push(() => [i, j, sum++].join(''))
    for (const k of [sum]) { out.push(() => k + sum); while (sum < 5) { const s = sum; out.push(() => s); sum += 3 } }
  }
  i += 0
}
console.log(out.map(f => f()).join(' '))
console.log(out.map(f => f()).join(' '))
const makers = []
for (const a of [1, 2]) makers.push((b) => { for (const c of [b]) { return () => () => a + b + c } })
console.log(makers.map(m => m(10)()()).join())
