const f = async (where) => {
  if (where === 'sync') throw new Error('sync part')
  await null
  if (where === 'async') throw new Error('async part')
  return 'ok'
}
for (const w of ['sync', 'async', 'none']) console.log(await f(w).then((v) => v, (e) => 'rejected ' + e.message))
const d = async ({ a: { b } }) => b
const p = d({})
console.log(p instanceof Promise)
await p.catch((e) => console.log(e.name))
const g = async (x = (() => { throw new Error('default') })()) => x
await g().catch((e) => console.log(e.message))
