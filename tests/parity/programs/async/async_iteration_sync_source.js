const log = (s) => console.log(s)
;(async () => { for await (const x of [1, Promise.resolve(2), (async () => 3)()]) log('x ' + x); log('loop done') })()
let t = Promise.resolve()
for (let i = 1; i < 12; i++) t = t.then(() => log('tick ' + i))
await t
try { for await (const x of [1, Promise.reject(new Error('in array')), 3]) log('y ' + x) } catch (e) { log('caught ' + e.message) }
for (const bad of [5, {}]) { try { for await (const x of bad) log(x) } catch (e) { log(e.name + ': ' + e.message) } }
