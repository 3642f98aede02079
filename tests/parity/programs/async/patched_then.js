const original = Promise.prototype.then
let calls = 0
Promise.prototype.then = function (a, b) { calls++; return original.call(this, a, b) }
await null
await Promise.resolve(1)
console.log('after awaits ' + calls)
await (async () => Promise.resolve(2))()
console.log('after returning a promise ' + calls)
await Promise.all([1, 2, 3])
console.log('after all ' + calls)
await Promise.resolve().catch(() => {})
console.log('after catch ' + calls)
await Promise.resolve().finally(() => {})
console.log('after finally ' + calls)
Promise.prototype.then = original
