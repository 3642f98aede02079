const p = Promise.reject(new Error('late'))
const q = (async () => { throw new Error('async late') })()
await null
await null
p.catch((e) => console.log('caught ' + e.message))
try { await q } catch (e) { console.log('caught ' + e.message) }
console.log('fine')
