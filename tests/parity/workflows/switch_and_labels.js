// Routing by switch with fall-through, labels, comma, void, in, delete.
export const meta = { name: 'switch-and-labels', description: 'Plain control flow' }

const routes = []
for (const kind of ['bug', 'feature', 'docs', 'chore', undefined, 3]) {
  let route = ''
  switch (true) {
    case kind === 'bug':
      route += 'fix+'
    case kind === 'feature':
      route += 'build'
      break
    default:
      route = 'other'
    case kind === 'docs': {
      const text = `write(${kind})`
      route += text
    }
  }
  routes.push(route)
}
let spins = 0
search: {
  for (const row of [[1, 2], [3, 4], [5, 6]]) {
    for (const cell of row) {
      spins++
      if (cell === 3) break search
    }
  }
  spins = -1
}
const found = []
rows: for (let i = 0, j = 10; i < j; i += 2, j--) {
  if (i % 4) continue rows
  found.push([i, j])
}
const o = { a: 1, b: 2, get c() { return this.a + this.b }, set c(v) { this.a = v }, ['d' + 1]: 4, 'e-f': 5, 6: 'six', async g() { return agent('method') }, *h() { yield 1 } }
o.c = 10
const removed = [delete o.a, 'a' in o, delete o.nope, 'toString' in o, o.c]
const answer = typeof (await o.g())
const odd = [void 0 === undefined, (1, 2), !!'' + 1, +'0x1f', -'5', +[], +{}, [] + {}, [1] == 1, null == undefined, null == 0, NaN != NaN, '10' < '9', 10 < 9, typeof null, typeof undeclared, 1 < 2 < 3, 3 > 2 > 1, '3' * '4', '3' + 4, 4 + 3 + '2', [10, 1, 3].sort().join(), !'0', 2 ** 3 ** 2]
const loops = []
for (const k in Object.assign(Object.create({ inherited: 1 }), { z: 1, 2: 1, 1: 1 })) loops.push(k)
for (const i in 'ab') loops.push(i)
for (const i in ['x', , 'y']) loops.push(typeof i + i)
const t = new Set([1, 2, 3])
for (const v of t) { if (v < 3) t.add(v + 10); loops.push(v) }
log(routes.join(' '))
return { routes, spins, found, removed, answer, odd: odd.map(String), loops, keys: Object.keys(o), entries: Object.entries(o).length }
