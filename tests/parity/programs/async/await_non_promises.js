console.log(await 5, await 'str', await undefined, await null, await true, JSON.stringify(await [Promise.resolve(1)]))
const f = () => 1
console.log((await f) === f, typeof (await Symbol.iterator))
console.log(await { notThen: 1 }.notThen)
const order = []
;(async () => { await 1; order.push('value') })()
;(async () => { await Promise.resolve(1); order.push('promise') })()
;(async () => { await { then(r) { r() } }; order.push('thenable') })()
;(async () => { await new Promise((r) => r(Promise.resolve())); order.push('promise of promise') })()
for (let i = 0; i < 6; i++) { await null; order.push(i) }
console.log(order.join(' '))
