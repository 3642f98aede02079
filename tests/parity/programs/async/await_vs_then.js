const log = (s) => console.log(s)
async function a() { log('a1'); await null; log('a2'); await null; log('a3') }
log('start')
a()
Promise.resolve().then(() => log('t1')).then(() => log('t2')).then(() => log('t3'))
log('end')
await null
log('main1')
await null
log('main2')
await null
log('main3')
