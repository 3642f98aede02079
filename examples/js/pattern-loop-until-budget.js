// Test ideas for as long as the money lasts, with enough left to choose the best.
//
// Why this shape: there is always one more test to think of. What is left of the budget decides, not a number of rounds;
// without --budget the rounds do.
export const meta = {
  name: 'pattern-loop-until-budget',
  description: 'Collect ideas for tests until the budget is spent, and choose the best',
  phases: ['Rounds', 'Choose'],
}

const subject = args?.subject ?? 'a function that parses dates in many formats'

const { results, rounds, stopped } = await workflow('loop-until-budget', {
  task: `Think of one input that could break ${subject}, and say what it should do with it.`,
  batch: 3,
  rounds: 3,
  reserve: 2000,
  worker: { model: 'haiku' },
})

phase('Choose')
const best = await agent(`Choose the five of these tests of ${subject} that are most likely to fail:\n${results.join('\n')}`, { label: 'choose' })
return { subject, ideas: results.length, rounds, stopped, best }
