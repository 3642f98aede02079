const thenable = (name) => ({ then(resolve) { console.log('then of ' + name); resolve(name) } })
Promise.resolve(thenable('resolve')).then((v) => console.log('1 ' + v))
new Promise((r) => r(thenable('executor'))).then((v) => console.log('2 ' + v))
;(async () => { console.log('3 ' + (await thenable('await'))) })()
;(async () => thenable('return'))().then((v) => console.log('4 ' + v))
Promise.resolve().then(() => thenable('handler')).then((v) => console.log('5 ' + v))
let t = Promise.resolve()
for (let i = 0; i < 8; i++) t = t.then(() => console.log('tick ' + i))
await t
