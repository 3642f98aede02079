const settled = []
const slow = (name, ticks, fail) => (async () => { for (let i = 0; i < ticks; i++) await 0; settled.push(name); if (fail) throw new Error(name); return name })()
try { await Promise.all([slow('a', 3), slow('b', 1, true), slow('c', 5, true), slow('d', 2)]) }
catch (e) { console.log('rejected by ' + e.message + ' when ' + settled.join()) }
for (let i = 0; i < 6; i++) await 0
console.log('all in the end: ' + settled.join())
