async function* inner() { try { const a = yield 'i1'; console.log('inner got ' + a); yield 'i2'; return 'inner result' } catch (e) { console.log('inner caught ' + e); yield 'recovered' } finally { console.log('inner finally') } }
async function* outer() { const r = yield* inner(); console.log('r ' + r); yield* [Promise.resolve('p'), 'q']; yield* 'xy' }
for await (const v of outer()) console.log(v)
const o = outer()
await o.next()
console.log(JSON.stringify(await o.next('hi')))
console.log(JSON.stringify(await o.throw('oops')))
console.log(JSON.stringify(await o.return('stop')))
console.log(JSON.stringify(await o.next()))
