async function* g() { console.log('start'); try { console.log('r1 ' + (yield 1)); console.log('r2 ' + (yield 2)); console.log('r3 ' + (yield 3)) } finally { console.log('finally') } return 'ret' }
const it = g()
const ps = [it.next('a'), it.next('b'), it.next('c'), it.next('d'), it.next('e')]
console.log('queued')
ps.forEach((p, i) => p.then((r) => console.log(i + ' ' + JSON.stringify(r))))
await Promise.all(ps)
const it2 = g()
const qs = [it2.next(), it2.return('R'), it2.next(), it2.throw('T').catch((e) => 'rejected ' + e), it2.return(Promise.resolve('P'))]
console.log(JSON.stringify(await Promise.all(qs)))
