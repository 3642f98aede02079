// Rounds until two of them bring nothing new, bounded by a counter.
export const meta = { name: 'loop-until-dry', description: 'Search until nothing new turns up' }

const MAX_ROUNDS = 6
const known = new Set()
const rounds = []
let dry = 0
let round = 0
while (dry < 2 && round < MAX_ROUNDS) {
  round += 1
  const found = await agent(`Round ${round}. Known so far:\n${[...known].map((k) => `* ${k}`).join('\n') || '(nothing)'}`, {
    label: `round ${round}`,
    schema: { type: 'object', required: ['items'], properties: { items: { type: 'array', maxItems: 3, items: { type: 'string', enum: ['alpha', 'beta', 'gamma', 'delta'] } } } },
  })
  const fresh = (found?.items ?? []).filter((item, i, list) => !known.has(item) && list.indexOf(item) === i)
  if (fresh.length === 0) dry++
  else dry = 0
  fresh.forEach((item) => known.add(item))
  rounds.push({ round, fresh, dry })
  log(`round ${round}: +${fresh.length}, ${known.size} known${dry ? `, dry ×${dry}` : ''}`)
}
const verified = await pipeline([...known].sort(), (item) => agent(`Verify ${item}`, { label: `verify ${item}` }), (text, item, i) => ({ i, item, ok: /mock/i.test(text) }))
return { rounds, known: [...known], verified, spent: budget.remaining() === Infinity, total: budget.total }
