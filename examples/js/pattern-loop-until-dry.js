// Every place that still uses the old API: search until two rounds in a row find no more, then plan.
//
// Why this shape: one search misses some, and nobody knows how many there are. The list of what is known goes into each
// prompt, and the same place reported twice is one place.
export const meta = {
  name: 'pattern-loop-until-dry',
  description: 'Find every use of an API that goes away, and plan the change',
  phases: ['Search', 'Plan'],
}

const USE = {
  type: 'object',
  required: ['file', 'line'],
  properties: { file: { enum: ['app.py', 'jobs.py', 'admin.py'] }, line: { type: 'integer', minimum: 1, maximum: 3 } },
}

const api = args?.api ?? 'Session.execute_raw()'

const { items, rounds, stopped } = await workflow('loop-until-dry', {
  task: `Find every place in this repository that uses ${api}, also through another name.`,
  schema: USE,
  key: ['file', 'line'],
  rounds: 6,
})
if (stopped !== 'dry') log(`the list may be incomplete: stopped by ${stopped}`)

phase('Plan')
const plan = await agent(`Plan the removal of ${api}, file by file. It is used here:\n${JSON.stringify(items)}`, { label: 'plan' })
return { api, uses: items, rounds, complete: stopped === 'dry', plan }
