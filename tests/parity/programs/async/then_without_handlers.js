console.log(await Promise.resolve(1).then().then(null).then(5, 'x').then(undefined, () => 2))
await Promise.reject('r').then(() => 0).then(null, null).catch((e) => console.log('got ' + e))
const p = Promise.resolve(3)
console.log(p.then() === p, Promise.resolve(p) === p)
