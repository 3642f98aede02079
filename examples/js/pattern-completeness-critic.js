// A migration plan that forgets nothing: a critic names what is missing, others write it.
//
// Why this shape: an agent that wrote a plan thinks it is complete. One that is only asked what is missing finds the
// rollback, the backup and the person who has to be told.
export const meta = {
  name: 'pattern-completeness-critic',
  description: 'Write a migration plan and add what a critic finds missing',
  phases: ['Draft', 'Critique', 'Fill'],
}

const task = args?.task ?? 'Plan the move of the user database to a new major version without downtime.'

phase('Draft')
const draft = await agent(task, { label: 'draft' })
if (draft === null) throw new Error('there is no draft')

const { complete, added, open, rounds } = await workflow('completeness-critic', {
  task,
  work: draft,
  rounds: 2,
  limit: 3,
  critic: { model: 'opus' },
})
return { complete, rounds, plan: [draft, ...added.map((part) => part.answer)].join('\n\n'), added: added.map((part) => part.gap), open }
