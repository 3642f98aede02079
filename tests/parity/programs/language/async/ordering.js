const log = []
const p = Promise.resolve()
p.then(() => log.push('then1')).then(() => log.push('then2')).then(() => log.push('then3'))
;(async () => { log.push('sync1'); await null; log.push('await1'); await p; log.push('await2'); await (async () => { })(); log.push('await3') })()
queueMicrotask(() => log.push('micro'))
;(async () => { const x = await new Promise(r => { log.push('exec'); r(Promise.resolve('late')) }); log.push(x) })()
;(async () => { await { then(r) { log.push('thenable called'); r() } }; log.push('thenable done') })()
const ret1 = (async () => Promise.resolve('direct'))().then(v => log.push(v))
const ret2 = (async () => await Promise.resolve('awaited'))().then(v => log.push(v))
log.push('end of sync')
await Promise.all([ret1, ret2])
for (let i = 0; i < 6; i++) await null
console.log(log.join('\n'))
