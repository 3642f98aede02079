const lines = []
const cfg = { retries: 3, models: ['a', 'b'], thresholds: { low: 0.2, high: 0.8 } }
function score(s) { let h = 0; for (const ch of s) h = (h * 31 + ch.codePointAt(0)) % 997; return h / 997 }
const classify = (x) => x < cfg.thresholds.low ? 'low' : x > cfg.thresholds.high ? 'high' : 'mid'
async function ask(q, { model = cfg.models[0], attempt = 1 } = {}) { await null; if (attempt < 2 && q.length % 3 === 0) throw new Error(`overload ${q}`); return { q, model, attempt, s: +score(q + model).toFixed(3) } }
async function withRetry(q) { let last; for (let attempt = 1; attempt <= cfg.retries; attempt++) { try { return await ask(q, { model: cfg.models[attempt % cfg.models.length], attempt }) } catch (e) { last = e; lines.push(`retry ${attempt}: ${e.message}`) } } throw last }
const qs = ['alpha', 'beta', 'gamma', 'delta!', 'eps', 'zeta..']
const answers = []
for (const [i, q] of qs.entries()) { const r = await withRetry(q); answers.push({ ...r, i, class: classify(r.s) }) }
lines.push(...answers.map(a => `${a.i}:${a.q}:${a.model}:${a.attempt}:${a.class}`))
const groups = Object.fromEntries(answers.map(a => [a.class, a.q]))
const byClass = {}; for (const a of answers) (byClass[a.class] ??= []).push(a.q)
lines.push(JSON.stringify(byClass), Object.keys(groups).sort().join())
const stats = answers.reduce((s, { s: v }, i, all) => { s.sum += v; s.min = Math.min(s.min, v); s.max = Math.max(s.max, v); if (i === all.length - 1) s.mean = +(s.sum / all.length).toFixed(4); return s }, { sum: 0, min: Infinity, max: -Infinity })
lines.push(`min=${stats.min} max=${stats.max} mean=${stats.mean}`)
const matrix = Array.from({ length: 3 }, (_, r) => Array.from({ length: 3 }, (_, c) => r * 3 + c))
lines.push(matrix.map(r => r.map(n => String(n).padStart(2)).join(' ')).join(' / '), matrix[0].map((_, c) => matrix.map(r => r[c]).reverse().join('')).join())
let budget = 100, spent = 0; const costs = [30, 40, 20, 50]; const taken = []
for (const c of costs) { if (spent + c > budget) { lines.push(`skip ${c}`); continue } spent += c; taken.push(c); if (budget - spent < 15) break }
lines.push(`taken ${taken} left ${budget - spent}`)
const pairs = qs.flatMap((a, i) => qs.slice(i + 1).map(b => [a, b])).filter(([a, b]) => a.at(-1) === b.at(-1)); lines.push(pairs.map(p => p.join('~')).join())
const wordFreq = 'the cat the dog the end'.split(' ').reduce((m, w) => m.set(w, (m.get(w) || 0) + 1), new Map()); lines.push([...wordFreq].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([w, n]) => w + n).join())
console.log(lines.join('\n'))
