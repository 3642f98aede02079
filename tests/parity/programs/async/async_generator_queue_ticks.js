async function* g() { yield 1; yield Promise.resolve(2); await null; yield 3 }
const it = g()
const log = (s) => console.log(s)
for (let i = 0; i < 5; i++) it.next().then((r) => log(i + ' ' + r.value + ' ' + r.done))
let t = Promise.resolve()
for (let i = 1; i < 14; i++) t = t.then(() => log('tick ' + i))
await t
