const fns = []
for (const n of ['a', 'b']) fns.push(async (...rest) => { await null; return n + rest.length })
console.log((await Promise.all(fns.map((f, i) => f(...Array(i))))).join())
async function f() { const first = arguments[0]; await null; return arguments.length + ':' + first }
console.log(await f('x', 'y'))
const memo = new Map()
const once = (k) => { if (!memo.has(k)) memo.set(k, (async () => { console.log('compute ' + k); await null; return k.length })()); return memo.get(k) }
console.log((await Promise.all(['aa', 'b', 'aa'].map(once))).join())
