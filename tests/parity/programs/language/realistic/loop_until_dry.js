const pool = ['b1', 'b2', 'b3', 'b2', 'b4', 'b1']
let round = 0, dry = 0
const found = new Map()
const finder = async (n) => pool.slice(n * 2, n * 2 + 2).map(id => ({ id, round: n }))
while (dry < 2 && round < 10) {
  const batch = await Promise.all([finder(round), finder(round + 1)])
  const fresh = batch.flat().filter(b => !found.has(b.id))
  fresh.forEach(b => found.set(b.id, b))
  if (fresh.length === 0) dry++; else dry = 0
  round++
  console.log(`round ${round}: ${fresh.length} fresh, dry=${dry}`)
}
console.log([...found.values()].map(({ id, round }) => `${id}@${round}`).join(' '))
const verdicts = []
for (const [id, b] of found) {
  const votes = await Promise.all(Array.from({ length: 3 }, async (_, i) => ({ refuted: (id.charCodeAt(1) + i) % 3 === 0 })))
  const keep = votes.filter(v => !v.refuted).length
  verdicts.push({ id, keep, confirmed: keep >= 2 })
}
console.log(JSON.stringify(verdicts))
const { yes = [], no = [] } = verdicts.reduce((a, v) => ({ ...a, [v.confirmed ? 'yes' : 'no']: [...(a[v.confirmed ? 'yes' : 'no'] ?? []), v.id] }), {})
console.log(yes.length, no.length)
