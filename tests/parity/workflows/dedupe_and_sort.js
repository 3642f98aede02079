// Findings of many agents, merged, deduplicated, ranked and grouped.
export const meta = { name: 'dedupe-and-sort', description: 'Map, Set, sort, grouping', phases: [{ title: 'Find', detail: 'many eyes' }, { title: 'Merge' }] }

const SCHEMA = { type: 'object', required: ['findings'], properties: { findings: { type: 'array', minItems: 2, maxItems: 4, items: { type: 'object', required: ['file', 'severity', 'title'], properties: { file: { type: 'string', enum: ['a.ts', 'b.ts', 'c.ts'] }, severity: { type: 'string', enum: ['high', 'medium', 'low'] }, title: { type: 'string' }, line: { type: 'integer', minimum: 1, maximum: 30 } } } } } }
const RANK = { high: 0, medium: 1, low: 2 }
phase('Find')
const found = (await parallel(Array.from({ length: 5 }, (_, i) => () => agent(`Find bugs, eye ${i + 1}`, { schema: SCHEMA, label: `eye-${i + 1}` })))).filter(Boolean).flatMap((r) => r.findings)
phase('Merge')
const byKey = new Map()
for (const finding of found) {
  const key = `${finding.file}:${Math.floor((finding.line ?? 0) / 10)}`
  const known = byKey.get(key)
  if (!known) byKey.set(key, { ...finding, votes: 1 })
  else {
    known.votes++
    if (RANK[finding.severity] < RANK[known.severity]) known.severity = finding.severity
  }
}
const ranked = [...byKey.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.votes - a.votes || a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0))
const groups = ranked.reduce((acc, f) => ((acc[f.file] ||= []).push(f.title), acc), {})
const counts = Object.entries(ranked.reduce((acc, f) => ({ ...acc, [f.severity]: (acc[f.severity] ?? 0) + 1 }), {})).sort(([a], [b]) => RANK[a] - RANK[b])
const files = [...new Set(found.map((f) => f.file))].sort()
const numbers = [10, 9, 1, 100, -2, undefined, 33].sort()
const stable = [['b', 1], ['a', 1], ['c', 0]].toSorted((x, y) => x[1] - y[1])
log(`${found.length} → ${ranked.length}: ${files}`)
return { ranked, groups, counts, files, numbers, stable, reversed: files.toReversed(), spliced: ranked.map((f) => f.votes).toSpliced(0, 1), last: ranked.findLast((f) => f.votes > 0)?.file }
