// Closures over loop variables, started late.
export const meta = { name: 'closures-in-loops', description: 'Per-iteration bindings' }

const thunks = []
for (let i = 0; i < 3; i++) thunks.push(() => agent(`let ${i}`, { label: `let-${i}` }).then(() => i))
for (const key of ['x', 'y']) thunks.push(async () => { await agent(`of ${key}`); return key })
for (const key in { p: 1, q: 2 }) thunks.push(() => key)
var fns = []
for (var v = 0; v < 2; v++) fns.push(() => v)
let n = 0
while (n < 2) { const here = n * 10; thunks.push(() => here); n++ }
for (let i = 0, inc = () => i++; i < 4; inc(), i++) { if (i > 2) break; thunks.push(() => `inc${i}`) ; if (thunks.length > 12) break }
const values = await parallel(thunks)
const counters = [1, 2].map((start) => ({ up: () => ++start, get now() { return start } }))
counters[0].up(); counters[0].up(); counters[1].up()
const switchScopes = ['a', 'b', 'c', 'z'].map((k) => {
  switch (k) {
    case 'a': { const r = 1; return () => r }
    case 'b':
    case 'c': { let r = k; r += '!'; return () => r }
    default: return () => 'none'
  }
}).map((f) => f())
const memo = ((cache) => (k, make) => cache[k] ??= make())({})
const made = [memo('a', () => 1), memo('a', () => 2), memo('b', () => null), memo('b', () => 3)]
log(`${values}`)
return { values, vars: fns.map((f) => f()), counters: counters.map((c) => c.now), switchScopes, made }
