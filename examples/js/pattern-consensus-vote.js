// Major, minor or patch? Five agents vote on each change, and the largest step wins.
//
// Why this shape: one agent calls the same change minor today and patch tomorrow. A vote is stable, a tie is broken by
// reasons, and a change that nobody can tell is left to a person.
export const meta = {
  name: 'pattern-consensus-vote',
  description: 'Decide the next version by a vote on each change',
  phases: ['Vote', 'Tie-break'],
}

const STEPS = ['patch', 'minor', 'major']
const changes = args?.changes ?? ['A parameter got a default value.', 'An exception has another message.', 'A function was removed.']

const votes = await parallel(
  changes.map((change) => () =>
    workflow('consensus-vote', { question: `Which step of semantic versioning does this change ask for? ${change}`, options: STEPS }),
  ),
)
const decided = votes.filter(Boolean)
const step = STEPS.findLast((option) => decided.some((vote) => vote.winner === option)) ?? null
return {
  step,
  open: changes.filter((_, i) => (votes[i]?.winner ?? null) === null),
  votes: decided.map(({ winner, decided: how, abstained }) => ({ winner, how, abstained })),
}
