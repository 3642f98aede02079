const o = { a: { b: { c: 1, f() { return this.c } } }, n: null, u: undefined, z: 0, e: '', arr: [[1, 2]], fn: (x) => x }
console.log(o?.a?.b?.c, o.x?.b.c.d.e, o.n?.x, o.u?.x.y(), o.z?.toFixed(1), o.e?.length)
console.log(o.a?.b.f(), o.a.b.f?.(), o.a.b?.f?.(), o.a.b.nope?.(), o.nope?.f(), o.nope?.f.g.h(1)(2))
console.log(o?.['a']?.['b'], o.arr?.[0]?.[1], o.arr?.[5]?.[1], o.fn?.(7), o.nofn?.(7), o?.fn(8))
console.log((o?.a).b.c, (o.a?.b).f(), (o?.a?.b.f)(), (o.a?.b?.f)?.())
try { (o.x?.b).c } catch (e) { console.log(e.message) }
try { o.z?.foo() } catch (e) { console.log(e.message) }
try { o.a?.nope() } catch (e) { console.log(e.message) }
console.log(delete o.a?.b?.c, o.a.b.c, delete o.q?.r, delete o?.n)
let i = 0
const inc = () => { i++; return 'k' }
o.n?.[inc()]; o.x?.(inc()); o.x?.y[inc()].z(inc()); console.log(i)
o.a?.[inc()]; console.log(i)
console.log(o.a?.b?.c ?? 'default', o?.x ?? o?.y ?? 'last', (o.x?.y || 'or') + '!')
const m = new Map([['k', { v: 1 }]])
console.log(m.get('k')?.v, m.get('q')?.v, m?.get?.('k')?.v?.toString?.())
console.log([1, 2].find(x => x > 5)?.toFixed(), [{ a: 1 }].find(x => x.a)?.a)
const f = null
console.log(f?.(), f?.x, f?.[0], typeof f?.a?.b)
console.log(`${o?.arr?.map?.(x => x?.[0])}`, o.arr?.[0].map(x => x * 2)?.join('-'))
async function g() { return (await o.fn?.(Promise.resolve(5)))?.toFixed(1) }
console.log(await g())
if (o?.a?.b) console.log('truthy'); if (!o.x?.y) console.log('falsy')
class P { #p = { q: 1 }; static t(x) { return x?.#p?.q } m() { return this?.#p.q } }
console.log(P.t(new P()), P.t(null), new P().m())
console.log(o.tag?.raw, `x`?.length, 'abc'?.[1], (1)?.toFixed(1), [..."ab"]?.at(-1))
const s = { get x() { console.log('getter once'); return { y: { z: 1 } } } }
console.log(s.x?.y.z)
