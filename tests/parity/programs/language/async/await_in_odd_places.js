const v = (x) => Promise.resolve(x), log = []
const o = { [await v('k')]: await v(1), ...await v({ s: 2 }), m: async () => await v(3), get g() { return v(4) } }
log.push(JSON.stringify(o), await o.m(), await o.g)
const [a = await v('da'), { b = await v('db') } = await v({})] = await v([])
log.push(a, b, `${await v('t')}${await v(1) + await v(2)}`, (await v((x) => x * 2))(await v(21)), await (await v({ f: () => v('ff') })).f())
log.push((await v([1, 2, 3])).map(x => x + 1).join(), (await v({ a: [5] })).a[await v(0)], -(await v(3)), typeof await v(1), !await v(0), await v(1) ? await v('y') : await v('n'))
let n = 1; n += await v(n++); log.push(n); const arr = [await v(1), n, await v(n = 9), n]; log.push(arr.join())
log.push(await v(null) ?? await v('nn'), await v(0) || await v('oo'), await v(1) && await v('aa'), (await v(undefined))?.x.y, delete (await v({ q: 1 })).q, 'k' in await v({ k: 1 }), await v([]) instanceof Array)
for (const [i, x] of (await v(['p', 'q'])).entries()) log.push(i + await v(x))
while (await v(n-- > 7)) log.push('w' + n)
class C extends (await v(Object)) { static s = 'S'; [await v('mm')]() { return 'M' } } log.push(new C().mm(), C.s)
const f = async (x, y = v('dy')) => (await x) + await y; log.push(await f(v('dx')))
try { throw await v('thr') } catch (e) { log.push(await v(e)) } finally { log.push(await v('fin')) }
log.push(await [1, 2].reduce(async (p, x) => (await p) + x, v(10)), await v().then(async () => await v('then')), (await Promise.all([v(1), 2].map(async (p) => await p * 2))).join())
log.push(((await v(1), await v(2))), new (await v(Map))([[await v('mk'), 1]]).get('mk'), ...(await v([7, 8])), await (async () => { return await v('r') })())
console.log(log.join('|'))
