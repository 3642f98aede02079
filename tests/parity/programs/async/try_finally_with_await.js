const log = (s) => console.log(s)
async function f(mode) {
  try { log('try ' + mode); await null; if (mode === 'throw') throw new Error('t'); if (mode === 'return') return 'returned'; log('end of try') }
  catch (e) { log('catch ' + e.message); await null; return 'from catch' }
  finally { log('finally'); await null; log('finally done'); if (mode === 'override') return 'overridden' }
  return 'end'
}
for (const m of ['normal', 'throw', 'return', 'override']) log(await f(m))
async function nested() {
  for (const i of [1, 2, 3]) { try { if (i === 2) continue; await null; if (i === 3) break; log('body ' + i) } finally { await null; log('fin ' + i) } }
}
await nested()
