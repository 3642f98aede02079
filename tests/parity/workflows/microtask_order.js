// The order of promise jobs among agents, async functions and thenables.
export const meta = { name: 'microtask-order', description: 'Who comes first' }

const trail = []
const mark = (s) => () => trail.push(s)
const a = (async () => { trail.push('a0'); await null; trail.push('a1'); await agent('A', { label: 'A' }); trail.push('a2'); return 'a' })()
const b = (async () => { trail.push('b0'); await { then: (ok) => ok() }; trail.push('b1'); const x = await agent('B', { label: 'B' }); trail.push('b2'); return x.length > 0 })()
Promise.resolve().then(mark('p1')).then(mark('p2')).then(mark('p3')).then(mark('p4'))
const c = parallel([async () => { trail.push('c0'); await null; trail.push('c1') }, () => agent('C', { label: 'C' }).then(mark('c2'))]).then(mark('c3'))
const d = pipeline(['x', 'y'], (v) => agent(`D${v}`, { label: `D${v}` }), (t, v) => { trail.push(`d-${v}`); return v })
const e = (async () => { try { await Promise.reject(new Error('e')) } catch { trail.push('e-caught') } finally { trail.push('e-finally') } })()
const f = (async () => (await (async () => Promise.resolve('deep'))()))().then((v) => trail.push(v))
const g = new Promise((resolve) => { trail.push('g'); resolve(new Promise((r) => r('gg'))) }).then((v) => trail.push(v))
trail.push('end of sync')
await Promise.all([a, b, c, d, e, f, g])
trail.push('all')
for await (const v of (async function* () { yield 1; yield Promise.resolve(2) })()) trail.push(v)
await Promise.allSettled([agent('late 1').then(mark('l1')), agent('late 2').then(mark('l2')).then(mark('l2+')), Promise.resolve().then(mark('job'))])
log(trail.join(' '))
return trail
