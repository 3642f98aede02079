// Release notes from many commits: eight at a time, then put together.
//
// Why this shape: an agent that is given two hundred commits reads the first thirty. Given eight, it reads eight; the second
// step only has to merge short lists.
export const meta = {
  name: 'pattern-map-reduce',
  description: 'Write release notes from a long list of commits, in chunks',
  phases: ['Map', 'Reduce'],
}

const NOTES = {
  type: 'object',
  required: ['headline', 'changes'],
  properties: { headline: { type: 'string' }, changes: { type: 'array', items: { type: 'string' }, maxItems: 5 } },
}

const areas = ['parser', 'cache', 'server', 'docs']
const commits = args?.commits ?? Array.from({ length: 24 }, (_, i) => `${areas[i % areas.length]}: change number ${i + 1}`)

const notes = await workflow('map-reduce', {
  task: 'Say what changed for users of the program. Leave out what they cannot notice.',
  items: commits,
  size: 8,
  schema: NOTES,
  mapper: { model: 'haiku' },
})
return { commits: commits.length, chunks: notes.chunks, missing: notes.failed, notes: notes.result }
