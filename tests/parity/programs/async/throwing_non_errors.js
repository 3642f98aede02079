for (const v of ['s', 0, null, undefined, false, { code: 7 }]) {
  try { await Promise.reject(v) } catch (e) { console.log(typeof e + ' ' + JSON.stringify(e)) }
}
const r = await Promise.allSettled([undefined, null].map(async (x) => { throw x }))
console.log(JSON.stringify(r))
await (async () => { throw undefined })().catch((e) => console.log('caught ' + e))
try { await (async () => { await null; null.x })() } catch (e) { console.log(e.name) }
