let release
const late = { then(f) { release = f; console.log('then called') } }
const p = (async () => { console.log('value ' + (await late)) })()
console.log('sync')
await null
console.log('tick 1 ' + typeof release)
await null
release('now')
console.log('released')
await p
console.log('done')
