// A judge panel: several independent proposals, scored by several judges with different priorities.
//
// Why this shape: asking one agent for "the best design" gets its first idea. Independent attempts from different
// starting points cover more ground, and judges who each care about one thing disagree usefully.
export const meta = {
  name: 'judge-panel',
  description: 'Generate independent proposals, score them with a panel of judges, refine the winner',
  phases: [{ title: 'Propose' }, { title: 'Judge' }, { title: 'Refine' }],
}

const SCORE = {
  type: 'object',
  required: ['score', 'strength', 'weakness'],
  properties: {
    score: { type: 'number', minimum: 0, maximum: 10 },
    strength: { type: 'string' },
    weakness: { type: 'string' },
  },
}

const task = args?.task ?? (typeof args === 'string' && args !== '' ? args : 'Design a rate limiter for a public API')
const angles = ['the simplest thing that works', 'the most robust under failure', 'the cheapest to operate']
const judges = ['a maintainer who will own it for years', 'an operator on call', 'a user of the API']

phase('Propose')
const proposals = (
  await parallel(angles.map((angle) => () => agent(`${task}\nAim for ${angle}.`, { label: `propose: ${angle}` })))
).map((text, i) => ({ angle: angles[i], text }))

phase('Judge')
const scored = await Promise.all(
  proposals
    .filter((p) => p.text !== null)
    .map(async (proposal) => {
      const scores = await parallel(
        judges.map((judge) => () =>
          agent(`As ${judge}, score this proposal from 0 to 10.\nTask: ${task}\n\n${proposal.text}`, {
            label: `judge ${proposal.angle}`,
            schema: SCORE,
          }),
        ),
      )
      const given = scores.filter(Boolean)
      const mean = given.reduce((sum, s) => sum + s.score, 0) / (given.length || 1)
      return { ...proposal, mean: Math.round(mean * 100) / 100, notes: given }
    }),
)

const [winner, ...others] = scored.sort((a, b) => b.mean - a.mean)
if (!winner) throw new Error('no proposal survived')
log(`winner: ${winner.angle} with ${winner.mean.toFixed(2)}`)

phase('Refine')
const final = await agent(
  `Refine this proposal. Keep its strengths, mend its weaknesses, and graft in the best idea of the others.\n\n` +
    `${winner.text}\n\nWeaknesses named by the judges:\n${winner.notes.map((n) => `- ${n.weakness}`).join('\n')}\n\n` +
    `Strengths of the others:\n${others.flatMap((o) => o.notes.map((n) => `- (${o.angle}) ${n.strength}`)).join('\n')}`,
  { label: 'refine', effort: 'high' },
)

return { winner: winner.angle, scores: Object.fromEntries(scored.map((s) => [s.angle, s.mean])), final }
