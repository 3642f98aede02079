// A search bounded by money: keep exploring ideas while the budget lasts, always leave enough for the summary.
//
// Why this shape: with a budget, "how many agents" is the wrong question. The loop asks what is left before each round
// and keeps a reserve for the last step. Without a budget `remaining()` is Infinity, so a round limit guards the loop.
export const meta = {
  name: 'budget-search',
  description: 'Explore variants of a solution until the budget or the rounds run out, then summarize the best',
  phases: [{ title: 'Explore' }, { title: 'Summarize' }],
}

const IDEA = {
  type: 'object',
  required: ['idea', 'value'],
  properties: { idea: { type: 'string', minLength: 3 }, value: { type: 'integer', minimum: 0, maximum: 100 } },
}

const goal = args?.goal ?? 'make the test suite faster'
const RESERVE = args?.reserve ?? 500
const ROUNDS = 4
const BATCH = 3

const enough = () => budget.total === null || budget.remaining() > RESERVE
let best = { idea: 'do nothing', value: -1 }
let tried = 0

phase('Explore')
for (let round = 1; round <= ROUNDS && enough(); round++) {
  const ideas = await parallel(
    Array.from({ length: BATCH }, (_, i) => () =>
      agent(`Goal: ${goal}. Best so far: ${best.idea}. Propose something different (round ${round}, variant ${i + 1}).`, {
        label: `variant ${round}.${i + 1}`,
        schema: IDEA,
      }),
    ),
  )
  for (const idea of ideas) {
    if (!idea) continue
    tried += 1
    if (idea.value > best.value) best = idea
  }
}
log(`${tried} ideas tried, best is worth ${best.value}`)

phase('Summarize')
const summary = await agent(`Summarize why "${best.idea}" is the way to ${goal}.`, { label: 'summary' })
return { goal, tried, best, summary, budgeted: budget.total !== null }
