// Records what node gives for every operator over a table of values, as operators.json; run by hand: node judge_operators.mjs
// The encoding of values is the one of builtin_calls.py.
import { writeFileSync } from 'node:fs'

const n = (x) => ({ n: x })
const big = (x) => ({ b: x })
const values = [
  { u: 1 }, null, true, false, 0, n('-0'), 1, -1, 2, 3, 7, -7, 0.5, -1.5, 2.5, 31, 32, 33, 255, 1e21, 1e-7, 123456789012,
  n('NaN'), n('Infinity'), n('-Infinity'), 2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296,
  9007199254740991, 9007199254740992, -9007199254740993, 1.7976931348623157e308, 5e-324,
  '', ' ', '0', '-0', '1', ' 12 ', '1e3', '.5', '5.', '+5', '0x1F', '-0x1F', '0b101', '0o17', 'Infinity', '-Infinity', 'infinity', 'NaN',
  'abc', 'abd', 'Z', '\u00e9', '\ud83d\ude00', '\uffff', '1_000', '1n', '\u0661', '12px', '\ufeff7\u2029',
  big('0'), big('1'), big('-1'), big('5'), big('-7'), big('64'), big('9007199254740993'), big('123456789012345678901234567890'),
  { s: 'k' }, { o: [] }, { o: [['a', 1]] }, [], [1], ['5'], [1, 2], [null], [[3]],
]
function decode(v) {
  if (v === null || typeof v !== 'object') return v
  if (Array.isArray(v)) return v.map(decode)
  if ('u' in v) return undefined
  if ('n' in v) return Number(v.n)
  if ('b' in v) return BigInt(v.b)
  if ('s' in v) return Symbol(v.s)
  return Object.fromEntries(v.o.map(([k, x]) => [k, decode(x)]))
}
function encode(v) {
  if (v === undefined) return { u: 1 }
  if (typeof v === 'number') return Number.isFinite(v) && !Object.is(v, -0) ? v : n(Object.is(v, -0) ? '-0' : String(v))
  if (typeof v === 'bigint') return big(String(v))
  return v
}
const outcome = (f) => {
  try {
    return encode(f())
  } catch (e) {
    return { throws: `${e.name}: ${e.message}` }
  }
}
const binary = {
  add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, mod: (a, b) => a % b, power: (a, b) => a ** b,
  bit_and: (a, b) => a & b, bit_or: (a, b) => a | b, bit_xor: (a, b) => a ^ b, shl: (a, b) => a << b, shr: (a, b) => a >> b, ushr: (a, b) => a >>> b,
  lt: (a, b) => a < b, le: (a, b) => a <= b, gt: (a, b) => a > b, ge: (a, b) => a >= b, equals: (a, b) => a == b, strict_equals: (a, b) => a === b,
}
const unary = {
  neg: (a) => -a, to_number_value: (a) => +a, bit_not: (a) => ~a, typeof: (a) => typeof a, truthy: (a) => !!a, to_string: (a) => `${a}`,
  inc: (a) => { a++; return a }, dec: (a) => { a--; return a },
}
const huge = (op, b) => ['shl', 'power'].includes(op) && typeof b === 'bigint' && (b > 100n || b < -100n)
const results = {}
for (const [name, f] of Object.entries(unary)) results[name] = values.map((a) => outcome(() => f(decode(a))))
for (const [name, f] of Object.entries(binary)) {
  results[name] = values.map((a) => values.map((b) => (huge(name, decode(b)) ? { skip: 1 } : outcome(() => f(decode(a), decode(b))))))
}
// One copy of each distinct outcome, and indices into it: the table is mostly repetition.
const pool = []
const index = new Map()
const pooled = (x) => {
  if (Array.isArray(x)) return x.map(pooled)
  const key = JSON.stringify(x)
  if (!index.has(key)) {
    index.set(key, pool.length)
    pool.push(x)
  }
  return index.get(key)
}
const lines = Object.entries(results).map(([name, table]) => `  ${JSON.stringify(name)}: ${JSON.stringify(table.map(pooled))}`)
const text = `{"values": ${JSON.stringify(values)},\n"results": {\n${lines.join(',\n')}\n},\n"pool": ${JSON.stringify(pool)}}\n`
writeFileSync(new URL('./recorded/operators.json', import.meta.url), text)
