const sync = {
  [Symbol.iterator]() {
    let i = 0
    return {
      next(v) { console.log('next ' + v); return { done: i >= 2, value: Promise.resolve(i++) } },
      return(v) { console.log('return ' + v); return { done: true, value: 'closed' } },
    }
  },
}
for await (const x of sync) console.log('x ' + x)
for await (const x of sync) break
async function* g() { yield* sync }
const it = g()
console.log(JSON.stringify(await it.next('a')))
console.log(JSON.stringify(await it.next('b')))
console.log(JSON.stringify(await it.return('r')))
sync[Symbol.iterator] = () => ({ next: () => ({}), throw(e) { console.log('throw ' + e); throw e } })
const it3 = g()
await it3.next()
try { await it3.throw(new Error('u')) } catch (e) { console.log(e.name + ': ' + e.message) }
