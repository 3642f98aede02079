// A migration with discovery: first find what must change, then change each place in isolation, then check.
//
// Why this shape: the work list is not known when the script is written, so an agent discovers it and the script
// checks it (deduplicates, sorts, caps). Each edit would run in its own git worktree in a real run
// (`isolation: 'worktree'`), so that parallel edits cannot trample each other; a failed check gets one repair attempt.
export const meta = {
  name: 'migrate-api',
  description: 'Discover the call sites of an old API, migrate each, verify, and repair once',
  phases: [{ title: 'Discover' }, { title: 'Migrate' }, { title: 'Check' }],
}

const SITES = {
  type: 'object',
  required: ['sites'],
  properties: {
    sites: {
      type: 'array',
      maxItems: 5,
      items: {
        type: 'object',
        required: ['path', 'uses'],
        properties: {
          path: { type: 'string', pattern: '^src/[a-z]{3,8}\\.ts$' },
          uses: { type: 'integer', minimum: 1, maximum: 20 },
        },
      },
    },
  },
}
const CHECK = {
  type: 'object',
  required: ['ok'],
  properties: { ok: { type: 'boolean' }, problem: { type: 'string' } },
}

const { from = 'request()', to = 'fetch()', limit = 50 } = args ?? {}

phase('Discover')
const discovered = await agent(`List every file that uses ${from}, with the number of uses.`, {
  label: 'discover',
  schema: SITES,
  onFailure: 'throw', // without the list there is nothing to do: fail loudly
})
const uses = {}
for (const site of discovered.sites) uses[site.path] = (uses[site.path] ?? 0) + site.uses
const sites = Object.entries(uses)
  .map(([path, count]) => ({ path, uses: count }))
  .sort((a, b) => b.uses - a.uses || (a.path < b.path ? -1 : 1))
  .slice(0, limit)
log(`${sites.length} files to migrate`)

const check = (site, attempt) =>
  agent(`Check that ${site.path} no longer uses ${from} and that its tests pass.`, {
    label: `check ${site.path}${attempt > 1 ? ` (attempt ${attempt})` : ''}`,
    phase: 'Check',
    schema: CHECK,
  })

const outcomes = await pipeline(
  sites,
  (site) =>
    agent(`In ${site.path}, replace all ${site.uses} uses of ${from} with ${to}. Change nothing else.`, {
      label: `migrate ${site.path}`,
      phase: 'Migrate',
    }),
  async (_, site) => {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const verdict = await check(site, attempt)
      if (verdict?.ok) return { path: site.path, state: attempt === 1 ? 'migrated' : 'repaired' }
      if (attempt === 2) break
      await agent(`Repair ${site.path}: ${verdict?.problem ?? 'the check did not answer'}`, {
        label: `repair ${site.path}`,
        phase: 'Migrate',
      })
    }
    return { path: site.path, state: 'needs a human' }
  },
)

const tally = {}
for (const outcome of outcomes) {
  const state = outcome?.state ?? 'failed'
  tally[state] = (tally[state] ?? 0) + 1
}
return { sites: sites.length, tally, outcomes }
