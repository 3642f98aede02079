const log = []
const sleep = async (n) => { for (let i = 0; i < n; i++) await null }
async function a(x) { log.push('a1'); await sleep(1); log.push('a2'); return x }
const b = async (x) => { log.push('b1'); const r = await a(x); log.push('b2'); return r + 1 }
const p = b(1); log.push('sync'); log.push(await p)
const o = { async m() { return await this.v }, v: Promise.resolve('mv'), async *g() { } }
log.push(await o.m())
class K { async m() { return super.toString === Object.prototype.toString } static async s() { return new this() } }
log.push(await new K().m(), (await K.s()) instanceof K)
log.push(await (async () => 'iife')(), await (async function named() { return typeof named })())
log.push((await Promise.all([1, Promise.resolve(2), a(3)])).join('+'))
const results = await Promise.allSettled([a(1), Promise.reject('no'), b(2)])
log.push(results.map(r => r.status + (r.value ?? r.reason)).join())
async function seq(items, f) { const out = []; for (const i of items) out.push(await f(i)); return out }
log.push((await seq([1, 2, 3], async x => x * 2)).join())
log.push([await 1, await Promise.resolve(2), (await { then(r) { r('thenable') } })].join())
const cond = (await false) ? 'yes' : (await 'no')
log.push(cond, `${await 'tpl'} ${(await [1, 2])[1]}`)
async function dflt(x = await0()) { return x } function await0() { return 'd' }
log.push(await dflt())
async function rejectsParams({ x }) { } 
await rejectsParams().catch(e => log.push(e.name))
console.log(log.join())
