// The run fails: an error of the script's own after some work.
export const meta = { name: 'throws-at-the-end', description: 'Fails with a TypeError of the engine' }
const report = await agent('Give a report', { schema: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: { type: 'string' } } } } })
log(`items: ${report.items.length}`)
const { summary: { title } } = { ...report, summary: report.nothing }
return title
