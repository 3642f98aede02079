const items = [{ id: 3, sev: 'high', tags: ['a', 'b'] }, { id: 1, sev: 'low', tags: [] }, { id: 2, sev: 'high', tags: ['b'] }, { id: 4, sev: 'mid' }]
const rank = { high: 0, mid: 1, low: 2 }
const sorted = [...items].sort((a, b) => rank[a.sev] - rank[b.sev] || a.id - b.id)
console.log(sorted.map(i => `${i.sev}#${i.id}`).join(' '))
const bySev = items.reduce((acc, { sev, ...rest }) => { (acc[sev] ||= []).push(rest); return acc }, {})
console.log(JSON.stringify(bySev))
const tagCounts = {}
for (const { tags = ['none'] } of items) for (const t of tags) tagCounts[t] = (tagCounts[t] ?? 0) + 1
console.log(Object.entries(tagCounts).sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => `${k}:${v}`).join())
const seen = new Set(), dupes = []
for (const t of items.flatMap(i => i.tags ?? [])) { if (seen.has(t)) { dupes.push(t); continue } seen.add(t) }
console.log([...seen].join(), dupes.join())
const summary = `# Report
${sorted.map((i, n) => `${n + 1}. **${i.sev.toUpperCase()}** — ${i.tags?.length ? i.tags.join('/') : '(none)'}`).join('\n')}
Total: ${items.length} item${items.length === 1 ? '' : 's'}`
console.log(summary)
const agent = async (p, o = {}) => ({ ok: p.length % 2 === 0, label: o.label ?? p.slice(0, 5) })
const parallel = (ts) => Promise.all(ts.map(async (t, i) => { try { return await t(i) } catch (e) { return null } }))
const results = (await parallel(items.map(i => () => i.id === 4 ? Promise.reject(new Error('x')) : agent(`check ${i.id} ${i.sev}`, { label: `L${i.id}` })))).filter(Boolean)
console.log(JSON.stringify(results))
const pipeline = async (xs, ...stages) => Promise.all(xs.map(async (x, i) => { let v = x; for (const s of stages) { if (v === null) return null; v = await s(v, x, i) } return v }))
console.log((await pipeline([1, 2, 3], async x => x > 1 ? x * 2 : null, (p, o, i) => `${p}${o}${i}`)).join())
