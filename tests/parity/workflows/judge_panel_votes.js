// Candidates, a panel of judges with personas, a tally with ties.
export const meta = { name: 'judge-panel-votes', description: 'Propose, judge, tally', phases: [{ title: 'Propose' }, { title: 'Judge', model: 'opus' }, { title: 'Decide' }] }

const { question, judges = 3, personas = ['sceptic', 'pragmatist', 'purist'] } = args
const VOTE = { type: 'object', additionalProperties: false, required: ['choice', 'confidence', 'reasons'], properties: { choice: { type: 'integer', minimum: 1, maximum: 3 }, confidence: { type: 'number', minimum: 0, maximum: 1 }, reasons: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 } } }
phase('Propose')
const proposals = (await parallel([1, 2, 3].map((n) => () => agent(`Propose answer ${n} to: ${question}`, { label: `propose-${n}` })))).map((text, i) => ({ n: i + 1, text })).filter((p) => p.text)
phase('Judge')
const ballots = await parallel(
  Array.from({ length: judges }, (_, i) => () => {
    const persona = personas[i % personas.length]
    return agent([`You are a ${persona}.`, `Question: ${question}`, ...proposals.map((p) => `## ${p.n}\n${p.text}`)].join('\n\n'), { label: `judge-${i + 1}-${persona}`, schema: VOTE, effort: i === 0 ? 'high' : undefined })
  }),
)
phase('Decide')
const tally = ballots.reduce((acc, b) => {
  if (!b) return acc
  const row = acc.get(b.choice) ?? { votes: 0, weight: 0, reasons: [] }
  acc.set(b.choice, { votes: row.votes + 1, weight: row.weight + b.confidence, reasons: row.reasons.concat(b.reasons) })
  return acc
}, new Map())
const ranking = [...tally].map(([choice, row]) => ({ choice, ...row, mean: +(row.weight / row.votes).toFixed(3) })).sort((a, b) => b.votes - a.votes || b.weight - a.weight || a.choice - b.choice)
const tie = ranking.length > 1 && ranking[0].votes === ranking[1].votes
const verdict = await agent(`${tie ? 'Break the tie' : 'Explain the win'} of ${ranking[0].choice}: ${JSON.stringify(ranking, null, 1)}`, { label: 'verdict' })
log(`winner ${ranking[0].choice} with ${ranking[0].votes}/${ballots.filter(Boolean).length}${tie ? ' (tie)' : ''}`)
return { ranking, tie, verdict: verdict.slice(0, 11), total: ranking.reduce((sum, { votes }) => sum + votes, 0) }
