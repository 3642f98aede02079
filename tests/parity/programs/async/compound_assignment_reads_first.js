let total = 0
const add = async (n) => { total += await Promise.resolve(n) }
await Promise.all([add(1), add(2), add(3)])
console.log(total)
let safe = 0
const addSafe = async (n) => { const x = await Promise.resolve(n); safe += x }
await Promise.all([addSafe(1), addSafe(2), addSafe(3)])
console.log(safe)
