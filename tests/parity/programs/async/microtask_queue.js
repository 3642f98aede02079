queueMicrotask(() => { console.log('m1'); queueMicrotask(() => console.log('m1.1')) })
Promise.resolve().then(() => { console.log('p1'); queueMicrotask(() => console.log('p1.m')) }).then(() => console.log('p2'))
queueMicrotask(() => console.log('m2'))
;(async () => { console.log('a0'); await undefined; console.log('a1'); await undefined; console.log('a2') })()
console.log('sync')
for (let i = 0; i < 4; i++) { await 0; console.log('main ' + i) }
