let resolve
const p = new Promise((r) => { resolve = r })
resolve(p)
try { await p } catch (e) { console.log(e.name + ': ' + e.message) }
const q = Promise.resolve().then(() => q)
try { await q } catch (e) { console.log(e.name + ': ' + e.message) }
const f = async () => r
const r = f()
try { await r } catch (e) { console.log(e.name + ': ' + e.message) }
