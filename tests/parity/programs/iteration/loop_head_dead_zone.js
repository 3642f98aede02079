// The names that a loop's head declares are unbound again in each pass, until the pattern has given them a value.
const attempt = async (name, loop) => {
  try {
    await loop((...values) => console.log(name, ...values.map((value) => (typeof value === 'function' ? value() : value))))
    console.log(name, 'end')
  } catch (e) {
    console.log(name, e.name, e.message)
  }
}
await attempt('itself', (log) => { for (const [v = v] of [[1], []]) log(v) })
await attempt('part', (log) => { for (const [k, v = k + v] of [[1, 2], [3]]) log(k, v) })
await attempt('later', (log) => { for (const { a, b = c, c } of [{ a: 1, b: 2, c: 3 }, { a: 4, c: 5 }]) log(a, b, c) })
await attempt('closure', (log) => { for (const { a, b = () => c, c } of [{ a: 1, b: 2, c: 3 }, { a: 4, c: 5 }]) log(a, b, c) })
await attempt('called', (log) => { for (const { b = (() => c)(), c } of [{ b: 2, c: 3 }, { c: 5 }]) log(b, c) })
await attempt('typeof', (log) => { for (let { b = typeof c, c } of [{ b: 2, c: 3 }, { c: 5 }]) log(b, c) })
await attempt('earlier', (log) => { for (const [a = 1, b = a] of [[], [2]]) log(a, b) })
await attempt('key', (log) => { for (const { length: n, [n - 1]: last } of ['abc', 'de']) log(n, last) })
await attempt('in', (log) => { for (const [a, b = c, c] in { xyz: 1, z: 2 }) log(a, b, c) })
await attempt('await', async (log) => { for await (const [v = v] of [[1], []]) log(v) })
try {
  for (const [k, v = v] of Object.entries({ b: 1, a: undefined })) console.log(k, v)
} catch (e) {
  console.log(e.message)
}
