const m = new Map([['a', 1]]), s = new Set([2]), g = function* () { yield 3 }
console.log(JSON.stringify([...m, ...s, ...g(), ...'45', ...[6, , 7]]))
const f = (...xs) => xs.length
console.log(f(...m, ...s, 'x', ...'ab', ...[]), f(...[,]), new Array(...[1, 2]).length, Math.min(...s, ...g()))
const args = [1, 2, 3]
console.log(f(...args, args.push(4)), [...args, args.pop()].join())
const order = []
const t = (n) => ({ *[Symbol.iterator]() { order.push(n); yield n } })
f(order.push('first'), ...t('a'), order.push('mid'), ...t('b'))
console.log(order.join())
function argsOf() { return [...arguments].join('+') }
console.log(argsOf(...'xyz'))
