// Fan out over the parts of a codebase, then synthesize one overview.
//
// Why this shape: each reader sees one folder with a fresh context, so nothing crowds anything else out; the writer
// sees only their condensed notes. Readers that fail are dropped and named, never silently ignored.
export const meta = {
  name: 'summarize-codebase',
  description: 'Read each folder with its own agent and write one architecture overview',
  phases: [{ title: 'Read' }, { title: 'Synthesize', detail: 'one writer over all notes' }],
}

const NOTES = {
  type: 'object',
  required: ['purpose', 'entryPoints', 'dependsOn'],
  properties: {
    purpose: { type: 'string' },
    entryPoints: { type: 'array', items: { type: 'string' }, maxItems: 5 },
    dependsOn: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 5 },
  },
}

const folders = args?.folders ?? ['src/api', 'src/core', 'src/storage', 'src/web']

phase('Read')
const notes = await fanout(folders, (folder) =>
  agent(`Read the folder ${folder}. What is it for, where does one enter it, what does it depend on?`, {
    label: `read ${folder}`,
    schema: NOTES,
  }),
)

const read = folders.map((folder, i) => ({ folder, notes: notes[i] }))
const missing = read.filter((r) => r.notes === null).map((r) => r.folder)
if (missing.length) log(`no notes for: ${missing.join(', ')}`)

// Who depends on whom, most depended-on first: the writer starts with the foundations.
const dependents = new Map()
for (const { notes: n } of read) {
  for (const name of n?.dependsOn ?? []) dependents.set(name, (dependents.get(name) ?? 0) + 1)
}
const foundations = [...dependents].sort(([, a], [, b]) => b - a).slice(0, 5)

phase('Synthesize')
const overview = await agent(
  `Write an architecture overview of this codebase in at most one page.\n\n` +
    read
      .filter((r) => r.notes)
      .map((r) => `## ${r.folder}\n${r.notes.purpose}\nEntry points: ${r.notes.entryPoints.join(', ') || 'none'}`)
      .join('\n\n') +
    `\n\nMost depended on: ${foundations.map(([name, n]) => `${name} (${n})`).join(', ') || 'unknown'}`,
  { label: 'overview' },
)

return { overview, folders: folders.length, missing }
