const log = (...v) => console.log(...v.map((x) => JSON.stringify(x)))
const grow = [1, 2, 3]
const out = []
grow.forEach((x) => { out.push(x); grow.push(x + 10) })
log(out, grow)
const shrink = [1, 2, 3, 4]
log(shrink.map((x) => { shrink.pop(); return x }), shrink)
const replaced = [1, 2, 3]
log(replaced.filter((x, i, a) => { a[i + 1] = 9; return true }), replaced)
const emptied = [1, 2, 3]
log(emptied.some((x) => { emptied.length = 0; return false }), emptied)
log([1, 2, 3].reduce((acc, x, i, a) => { a.length = 2; return acc + x }))
const found = [1, 2, 3]
log(found.find((x, i) => { found.length = 1; return x === undefined && i === 2 }), found.findIndex((x) => x === undefined))
const frozenLater = [1, 2, 3]
log(frozenLater.map((x, i) => { if (i === 0) Object.freeze(frozenLater); return x * 2 }))
const accessor = [1, 2, 3]
log(accessor.map((x, i) => { if (i === 0) Object.defineProperty(accessor, 1, { get: () => 'got' }); return x }))
const q = [1]
const visited = []
for (const x of q) { visited.push(x); if (x < 5) q.push(x + 1) }
log(visited)
const del = ['a', 'b', 'c']
const keys = []
del.forEach((x, i) => { keys.push(i); delete del[i + 1] })
log(keys)
const self = [3, 2, 1]
log(self.sort((a, b) => { self.push(0); return a - b }).length > 3, [1, 2].flatMap((x, i, a) => { a[1] = 'z'; return [x] }))
const during = [1, 2, 3]
log(during.every((x, i) => { if (i === 0) during.unshift(0); return true }), during)
log([3, 1, 2].toSorted((a, b) => b - a), [..."ab"].reduceRight((a, b, i, arr) => { arr.length = 0; return a + b }, ''))
