const parse = (args) => {
  const a = typeof args === 'string' ? (() => { try { return JSON.parse(args) } catch { return { text: args } } })() : args ?? {}
  const { files = [], depth = 2, mode = 'quick', limits: { max = 5, min = 0 } = {}, ...extra } = Array.isArray(a) ? { files: a } : a
  return `${files.join('|')} ${depth} ${mode} ${min}-${max} ${JSON.stringify(extra)}`
}
for (const a of [undefined, null, '{"depth":3}', 'not json', ['x', 'y'], { limits: { max: 9 }, other: 1 }, '[1,2]', '"str"', 5]) {
  try { console.log(parse(a)) } catch (e) { console.log(e.name + ': ' + e.message) }
}
const clamp = (n, lo, hi) => Math.max(lo, Math.min(hi, n)), num = (v, d) => Number.isFinite(Number(v)) && v !== '' && v != null ? Number(v) : d
console.log([num('5', 1), num('x', 1), num(null, 2), num('', 3), num(0, 4), clamp(50, 0, 10)].join())
const slug = (s) => s.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 20)
console.log(slug('  Hello, World! This is long  '), slug('---'), slug('Ünïcode'))
const chunk = (xs, n) => xs.length ? [xs.slice(0, n), ...chunk(xs.slice(n), n)] : []
console.log(JSON.stringify(chunk([1, 2, 3, 4, 5], 2)))
const uniqBy = (xs, f) => [...new Map(xs.map(x => [f(x), x])).values()]
console.log(JSON.stringify(uniqBy([{ k: 1, v: 'a' }, { k: 2 }, { k: 1, v: 'b' }], x => x.k)))
function hash(s) { let h = 5381; for (let i = 0; i < s.length; i++) h = ((h << 5) + h + s.charCodeAt(i)) >>> 0; return h.toString(36) }
console.log(hash('workflow'), hash(''), hash('日本語'))
