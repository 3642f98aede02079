async function plain() { return 1 }
async function promised() { return Promise.resolve(2) }
async function awaited() { return await Promise.resolve(3) }
plain().then((v) => console.log('plain ' + v))
promised().then((v) => console.log('promised ' + v))
awaited().then((v) => console.log('awaited ' + v))
let tick = Promise.resolve()
for (let i = 1; i <= 6; i++) tick = tick.then(() => console.log('tick ' + i))
await tick
