const fs = []
for (let i = 0; i < 5; i++) {
  if (i % 2) continue
  let x = i
  fs.push(() => x + i)
  x = x * 100
  if (i === 4) break
}
console.log(fs.map(f => f()).join())
const gs = []
outer: for (let i = 0; i < 3; i++) {
  for (let j = 0; j < 3; j++) {
    if (j === 1) continue outer
    gs.push(() => [i, j, i++].join(''))
  }
}
console.log(gs.map(f => f() + f()).join())
