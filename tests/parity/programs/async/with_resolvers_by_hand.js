const capability = () => { const c = {}; c.promise = new Promise((a, b) => Object.assign(c, { resolve: a, reject: b })); return c }
const { promise, resolve, reject } = capability()
console.log(resolve.name === '', resolve.length, reject.length, typeof resolve)
promise.then((v) => console.log('resolved ' + v))
resolve('x')
reject('y')
await promise
