const log = []
for (const { a, b: [c] } of [{ a: 1, b: [2] }, { a: 3, b: [4] }]) log.push(a + c)
for (const [k, v] of Object.entries({ x: 1, y: 2 })) log.push(k + v)
let p, q
for ([p, q = 'dq'] of [[1], [2, 3]]) log.push(`${p}${q}`)
for ({ p, ...q } of [{ p: 1, r: 2 }]) log.push(p + JSON.stringify(q))
for (let [i, n] = [0, 3]; i < n; [i, n] = [i + 1, n]) log.push('i' + i)
const m = new Map([['a', { v: 1 }]])
for (const [key, { v }] of m) log.push(key + v)
const f = ([a, b] = [1, 2], { c = a + b, d = () => c } = {}) => `${a}${b}${c}${d()}`
log.push(f(), f([5, 6]), f([1, 1], { c: 9 }))
function g(a, b = a * 2, c = b + a, ...[d = c]) { return [a, b, c, d].join('|') }
log.push(g(1), g(1, 1), g(1, 1, 1, 1))
const h = async ({ a }, [b]) => a + b
log.push(await h({ a: 1 }, [2]))
;[1, 2].forEach((x, i, { length }) => log.push(x + i + length))
const reduce = [['a', 1], ['b', 2]].reduce((acc, [k, v]) => ({ ...acc, [k]: v }), {})
log.push(JSON.stringify(reduce))
console.log(log.join())
const fs = []
for (const { id, get = () => id } of [{ id: 1 }, { id: 2, get: () => 'own' }, { id: 3 }]) fs.push(get)
console.log(fs.map(f => f()).join())
