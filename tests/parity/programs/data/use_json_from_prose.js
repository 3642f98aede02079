const extract = (text) => {
  const fence = text.match(/```(?:json)?\s*([\s\S]*?)```/)
  const candidate = fence ? fence[1] : text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
  try { return { ok: true, value: JSON.parse(candidate) } } catch (e) { return { ok: false, error: e.message, candidate } }
}
for (const t of ['Sure!\n```json\n{"a": [1, 2]}\n```\nDone.', 'result: {"x": {"y": "z"}} ok', 'no json here', '{"broken": ', '```\n{"trailing": 1,}\n```', '{"quote": "He said \\"hi\\""}', 'text {"a":1} and {"b":2}']) console.log(JSON.stringify(extract(t)))
const lines = '{"n":1}\n\nbad\n{"n":2}\n'.split('\n').filter(Boolean).flatMap((l) => { try { return [JSON.parse(l)] } catch { return [] } })
console.log(lines.length, lines.reduce((a, l) => a + l.n, 0))
const clone = JSON.parse(JSON.stringify({ a: undefined, d: new Date(0), n: NaN, nested: [{}] }))
console.log(JSON.stringify(clone), typeof clone.d, clone.n)
const args = '{"files":["a","b"],"depth":2}'
const { files = [], depth = 1, missing = 'dflt' } = typeof args === 'string' ? JSON.parse(args) : args
console.log(files.length, depth, missing)
const redact = (o) => JSON.stringify(o, (k, v) => (/token|password/i.test(k) ? '***' : v))
console.log(redact({ user: 'x', apiToken: 'abc', nested: { Password: 'p', list: [{ token: 1 }] } }))
const stable = (v) => JSON.stringify(v, (k, x) => (x && typeof x === 'object' && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1))) : x))
console.log(stable({ b: 1, a: { d: [1, { z: 1, y: 2 }], c: 2 } }), stable({ a: 1 }) === stable({ a: 1 }))
const size = (o) => JSON.stringify(o).length
console.log(size({}), size([1, 2, 3]), size('é'), size({ a: 'x'.repeat(10) }))
console.log(JSON.stringify({ prompt: `multi\nline "quoted" \\ text`, n: 1.0, big: 1e21, small: 1e-7 }))
