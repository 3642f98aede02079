// Discover, plan in batches, migrate, verify, repair what failed.
export const meta = { name: 'migrate-with-discovery', description: 'Migration in batches', phases: [{ title: 'Discover' }, { title: 'Migrate' }, { title: 'Verify' }, { title: 'Repair' }] }

const FILES = { type: 'object', required: ['files'], properties: { files: { type: 'array', minItems: 3, maxItems: 5, items: { type: 'object', required: ['path', 'risk'], properties: { path: { type: 'string', minLength: 3 }, risk: { enum: ['low', 'high'] }, size: { type: ['integer', 'null'], minimum: 0 } } } } } }
const CHECK = { type: 'object', required: ['pass'], properties: { pass: { type: 'boolean' }, problems: { type: 'array', items: { type: 'string' } } } }
const { pattern, batch: BATCH = 3, dryRun } = args
phase('Discover')
const { files = [] } = (await agent(`List the files that match ${pattern}`, { schema: FILES, label: 'discover', phase: 'Discover' })) ?? {}
const plan = files.map((f, i) => ({ ...f, id: `${String(i + 1).padStart(2, '0')}-${f.path.replace(/\W+/g, '_')}` })).sort((x, y) => (x.risk > y.risk ? 1 : x.risk < y.risk ? -1 : 0))
const batches = plan.reduce((acc, f, i) => { (acc[Math.floor(i / BATCH)] ??= []).push(f); return acc }, [])
log(`${plan.length} files in ${batches.length} batches of ${BATCH}${dryRun ? ' (dry run)' : ''}`)
const state = Object.fromEntries(plan.map(({ id }) => [id, 'pending']))
for (const [number, group] of batches.entries()) {
  phase('Migrate')
  const edits = await parallel(group.map((f) => () => dryRun ? `would migrate ${f.path}` : agent(`Migrate ${f.path} (${f.risk} risk${f.size != null ? `, ${f.size} bytes` : ''})`, { label: `migrate ${f.id}`, ...(f.risk === 'high' && { effort: 'high' }) })), { label: `batch ${number + 1}` })
  const checks = await parallel(group.map((f, i) => async () => {
    if (!edits[i]) return { pass: false, problems: ['no edit'] }
    return agent(`Verify ${f.path}`, { label: `verify ${f.id}`, phase: 'Verify', schema: CHECK })
  }))
  for (let i = 0; i < group.length; i++) {
    const { id, path } = group[i]
    const check = checks[i]
    if (check?.pass) { state[id] = 'done'; continue }
    const again = await agent(`Repair ${path}: ${(check?.problems ?? ['unknown']).join('; ') || 'no detail'}`, { label: `repair ${id}`, phase: 'Repair', schema: CHECK })
    state[id] = again?.pass ? 'repaired' : 'failed'
  }
}
const summary = Object.values(state).reduce((m, s) => m.set(s, (m.get(s) || 0) + 1), new Map())
return { state, summary: Object.fromEntries([...summary].sort()), ok: !Object.values(state).includes('failed') || 'partly' }
