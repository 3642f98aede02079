// Evaluates calls of built-ins and records what node gives: reads cases as JSON lines on stdin, writes outcomes as JSON lines.
// The encoding of values is the one of builtin_calls.py.
import { readFileSync } from 'node:fs'

const functions = {
  double: (x) => x * 2,
  identity: (x) => x,
  index: (x, i) => i,
  even: (x) => x % 2 === 0,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  greater: (a, b) => a > b,
  nothing: () => undefined,
  nan: () => NaN,
  boom: () => { throw new Error('boom') },
  grow: (x, i, a) => { if (Array.isArray(a) && a.length < 9) a.push(i); return x },
  shrink: (x, i, a) => { if (Array.isArray(a) && a.length > 0) a.pop(); return true },
  pair: (x) => [x, [x]],
  size: (x) => String(x).length,
  show: (...a) => a.map(String).join('|'),
  keyValue: (k, v) => (k === 'drop' ? undefined : typeof v === 'number' ? v + 1 : v),
}

function decode(v) {
  if (v === null || typeof v !== 'object') return v
  if (Array.isArray(v)) {
    const a = []
    a.length = v.length
    v.forEach((x, i) => { if (!(x && x.h)) a[i] = decode(x) })
    return a
  }
  if ('u' in v) return undefined
  if ('n' in v) return Number(v.n)
  if ('b' in v) return BigInt(v.b)
  if ('f' in v) return functions[v.f]
  if ('s' in v) return Symbol(v.s)
  if ('frozen' in v) return Object.freeze(decode(v.frozen))
  const o = {}
  for (const [k, x] of v.o) Object.defineProperty(o, k, { value: decode(x), writable: true, enumerable: true, configurable: true })
  return o
}

function encode(v, depth = 0) {
  if (v === undefined) return { u: 1 }
  if (typeof v === 'number') return Number.isFinite(v) && !Object.is(v, -0) ? v : { n: Object.is(v, -0) ? '-0' : String(v) }
  if (typeof v === 'bigint') return { b: String(v) }
  if (typeof v === 'symbol') return { s: v.description }
  if (typeof v === 'function') return { f: v.name }
  if (v === null || typeof v !== 'object') return v
  if (depth > 6) return { deep: 1 }
  if (Array.isArray(v)) return Array.from({ length: Math.min(v.length, 400) }, (_, i) => (i in v ? encode(v[i], depth + 1) : { h: 1 }))
  return { o: Object.keys(v).map((k) => [k, encode(v[k], depth + 1)]) }
}

const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const out = lines.map((line) => {
  const { target, self, args } = JSON.parse(line)
  const receiver = decode(self)
  let outcome
  try {
    const f = target.split('.').reduce((o, k) => o[k], globalThis)
    outcome = { value: encode(f.apply(receiver, args.map(decode))) }
  } catch (e) {
    outcome = { throws: e instanceof Error ? `${e.name}: ${e.message}` : encode(e) }
  }
  if (receiver !== null && typeof receiver === 'object') outcome.after = encode(receiver)
  return JSON.stringify(outcome)
})
process.stdout.write(out.join('\n') + '\n')
