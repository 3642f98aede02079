// The dead zone names the variable in code that has run often, too.
function often(n) {
  if (n < 40) return [n, 'x'.at(n)].length
  try {
    return [1, late]
    let late = 1
  } catch (e) {
    return e.message
  }
}
let last
for (let n = 0; n <= 40; n++) last = often(n)
console.log(last)
for (let n = 0; n < 40; n++) {
  try {
    if (n < 38) continue
    for (const [key, value] of Object.entries({ a: 0, b: key })) console.log(key, value)
  } catch (e) {
    console.log(n, e.name, e.message)
  }
}
for (let n = 0; n < 30; n++) {
  try {
    const item = n < 28 ? Math.max(n, n) : Math.max(n, item)
    if (item > 28) console.log(item)
  } catch (e) {
    console.log(n, e.message)
  }
}
