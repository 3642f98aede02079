// What cannot fit into a string is refused at once, without a look at two thousand million elements.
const t = (f) => { try { console.log(f()) } catch (e) { console.log(String(e)) } }
t(() => { const a = []; a.length = 2 ** 31; return JSON.stringify(a).length })
t(() => { const a = []; a[2 ** 30] = 1; return JSON.stringify({ a }, null, 1).length })
t(() => JSON.stringify({ length: 2 ** 31 }))
t(() => JSON.stringify(new Array(1000)).length)
