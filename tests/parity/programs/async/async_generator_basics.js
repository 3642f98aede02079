async function* g(n) { try { for (let i = 0; i < n; i++) { const got = yield i; if (got) console.log('got ' + got) } return 'end' } finally { console.log('cleanup') } }
for await (const x of g(3)) console.log(x)
const it = g(3)
console.log(JSON.stringify(await it.next('ignored')))
console.log(JSON.stringify(await it.next('hello')))
console.log(JSON.stringify(await it.return('early')))
console.log(JSON.stringify(await it.next()))
const it2 = g(1)
await it2.next()
try { await it2.throw(new Error('thrown in')) } catch (e) { console.log(e.message) }
console.log(JSON.stringify(await it2.next()))
const it3 = g(1)
console.log(JSON.stringify(await it3.return('before start')))
const it4 = g(1)
try { await it4.throw(new Error('before start')) } catch (e) { console.log(e.message) }
console.log(Object.prototype.toString.call(it), it[Symbol.asyncIterator]() === it)
