// Document what there is: a scout lists the modules, a writer takes each.
//
// Why this shape: the list of modules is cheap to get and decides all that follows. A small model looks around once; the
// large one never has to.
export const meta = {
  name: 'pattern-scout-first',
  description: 'Find the modules that lack documentation, and write it',
  phases: ['Scout', 'Work', 'Index'],
}

const MODULE = {
  type: 'object',
  required: ['path', 'purpose'],
  properties: { path: { type: 'string' }, purpose: { type: 'string' } },
}

const found = await workflow('scout-first', {
  task: args?.task ?? 'Write a page of documentation for every module of this repository that has none.',
  schema: MODULE,
  limit: 8,
  scouting: { model: 'haiku' },
})
if (!found.scouted) throw new Error('nobody could look around')

phase('Index')
const pages = found.results.map(({ part }) => `${part.path}: ${part.purpose}`)
const index = await agent(`Write an index of these pages:\n${pages.join('\n')}`, { label: 'index' })
return { pages, index, failed: found.failed.length, dropped: found.dropped.length }
