class Sub extends Promise {}
const log = (s) => console.log(s)
;(async () => { await Sub.resolve(); log('await sub') })()
;(async () => { await Promise.resolve(); log('await promise') })()
;(async () => Sub.resolve())().then(() => log('return sub'))
;(async () => Promise.resolve())().then(() => log('return promise'))
Promise.resolve(Sub.resolve()).then(() => log('resolve sub'))
let t = Promise.resolve()
for (let i = 1; i < 8; i++) t = t.then(() => log('tick ' + i))
await t
