// Loop until dry: keep sending finders until two rounds in a row bring nothing new.
//
// Why this shape: nobody knows beforehand how many bugs there are. A fixed count stops too early or wastes money; two
// dry rounds in a row is a cheap signal that this kind of search is exhausted. A hard cap on rounds keeps it finite.
export const meta = {
  name: 'hunt-bugs',
  description: 'Search for bugs in rounds until two rounds in a row find nothing new',
  phases: [{ title: 'Hunt' }, { title: 'Rank' }],
}

const BUGS = {
  type: 'object',
  required: ['bugs'],
  properties: {
    bugs: {
      type: 'array',
      maxItems: 3,
      items: {
        type: 'object',
        required: ['file', 'line', 'summary'],
        properties: {
          file: { type: 'string', enum: ['parser.py', 'cache.py', 'server.py'] },
          line: { type: 'integer', minimum: 1, maximum: 4 },
          summary: { type: 'string' },
        },
      },
    },
  },
}

const MAX_ROUNDS = 6
const FINDERS = 3
const seen = new Map() // "file:line" -> bug; the same place reported twice is one bug
let dry = 0
let round = 0

while (dry < 2 && round < MAX_ROUNDS) {
  round += 1
  phase('Hunt', `round ${round}`)
  const known = [...seen.keys()].join(', ') || 'none yet'
  const reports = await parallel(
    Array.from({ length: FINDERS }, (_, i) => () =>
      agent(`Round ${round}, finder ${i + 1}: look for bugs that are not already known (${known}).`, {
        label: `finder ${i + 1}`,
        schema: BUGS,
      }),
    ),
  )
  let fresh = 0
  for (const bug of reports.filter(Boolean).flatMap((report) => report.bugs)) {
    const key = `${bug.file}:${bug.line}`
    if (seen.has(key)) continue
    seen.set(key, { ...bug, round })
    fresh++
  }
  dry = fresh === 0 ? dry + 1 : 0
  log(`round ${round}: ${fresh} new, ${seen.size} in total`)
}

if (seen.size === 0) return { rounds: round, bugs: [] }

phase('Rank')
const bugs = [...seen.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
const ranking = await agent(`Rank these bugs by damage, worst first:\n${JSON.stringify(bugs, null, 2)}`, { label: 'rank' })
return { rounds: round, exhausted: dry >= 2, bugs, ranking }
