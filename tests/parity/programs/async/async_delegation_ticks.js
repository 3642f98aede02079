const log = (s) => console.log(s)
async function* inner() { yield 1; yield 2 }
async function* outer() { yield* inner() }
async function* direct() { yield 1; yield 2 }
async function* overSync() { yield* [1, 2] }
for (const [name, make] of [['outer', outer], ['direct', direct], ['sync', overSync]]) (async () => { for await (const v of make()) log(name + ' ' + v); log(name + ' end') })()
let t = Promise.resolve()
for (let i = 1; i < 20; i++) t = t.then(() => log('tick ' + i))
await t
