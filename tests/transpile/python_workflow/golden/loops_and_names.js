// Rounds until nothing new comes.
//
// Each round knows what is known.
export const meta = {
  name: 'loops-and-names',
  description: 'Rounds until nothing new comes.',
  phases: [{ title: 'Find', detail: 'in rounds' }],
  whenToUse: 'when a single look is not enough',
}

const FOUND = {
  type: 'object',
  required: ['items'],
  properties: {
    // short ones
    items: { type: 'array', items: { type: 'string' } },
  },
}
const maxRounds = 3
let lastCount = -1

/** One look. */
async function lookAgain(roundNumber, known) {
  const answer = await agent(`Round ${roundNumber}: not ${known.join(', ')}`, { label: `look ${roundNumber}`, schema: FOUND })
  return answer ? answer.items : []
}

phase('Find')
const seenItems = []
for (let i = 0; i < maxRounds; i++) {
  const fresh = (await lookAgain(i + 1, seenItems)).filter((item) => !seenItems.includes(item))
  if (!fresh.length) break // dry
  seenItems.push(...fresh)
  lastCount = fresh.length
}
return { seenItems, lastCount, sizes: seenItems.map((item) => item.length) }
