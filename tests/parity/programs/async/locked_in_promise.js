let resolveInner
const inner = new Promise((r) => { resolveInner = r })
const outer = new Promise((resolve, reject) => { resolve(inner); reject(new Error('too late')); resolve('too late') })
outer.then((v) => console.log('outer ' + v), (e) => console.log('outer failed ' + e.message))
inner.then((v) => console.log('inner ' + v))
await null
await null
await null
console.log('before')
resolveInner('value')
await outer
console.log('after')
