const findings = [
  { file: 'b.ts', severity: 'high', line: 10, title: 'SQL injection' }, { file: 'a.ts', severity: 'low', line: 3, title: 'typo' },
  { file: 'a.ts', severity: 'high', line: 1, title: 'XSS' }, { file: 'c.ts', severity: 'medium', line: 7, title: 'race' },
  { file: 'b.ts', severity: 'high', line: 10, title: 'SQL injection' }, { file: 'a.ts', severity: 'medium', line: null, title: '' },
]
const rank = { high: 0, medium: 1, low: 2 }
const seen = new Set()
const unique = findings.filter((f) => { const k = `${f.file}:${f.line}:${f.title}`; if (seen.has(k)) return false; seen.add(k); return true })
console.log(unique.length)
const sorted = [...unique].sort((a, b) => rank[a.severity] - rank[b.severity] || a.file.localeCompare(b.file) || (a.line ?? Infinity) - (b.line ?? Infinity))
for (const f of sorted) console.log(`${f.severity.padEnd(6)} ${f.file}:${f.line ?? '?'} ${f.title || '(untitled)'}`)
const byFile = sorted.reduce((acc, f) => { (acc[f.file] ??= []).push(f.title); return acc }, {})
console.log(JSON.stringify(byFile, null, 2))
const counts = Object.fromEntries(Object.entries(rank).map(([k]) => [k, unique.filter((f) => f.severity === k).length]))
console.log(JSON.stringify(counts), Object.values(counts).reduce((a, b) => a + b, 0))
const grouped = new Map()
for (const f of unique) grouped.set(f.severity, [...(grouped.get(f.severity) ?? []), f])
console.log([...grouped].map(([k, v]) => `${k}=${v.length}`).join(', '), [...grouped.keys()].sort().join())
const table = sorted.map(({ title, ...rest }) => ({ ...rest, title: title.toUpperCase() }))
console.log(JSON.stringify(table[0]), Object.keys(table[0]).join('|'))
console.log(unique.map((f) => f.line).filter(Boolean).join(), Math.max(...unique.map((f) => f.line ?? 0)), unique.some((f) => !f.title), unique.findLast((f) => f.file === 'a.ts').severity)
