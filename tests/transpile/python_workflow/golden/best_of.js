export const meta = { name: 'best-of', description: 'Several drafts, one choice.', phases: [{ title: 'Propose' }] }

const ANGLES = ['simple', 'robust']
const CHOICE = { type: 'object', required: ['number'], properties: { number: { type: 'integer' } } }

const task = args?.task ?? 'a rate limiter'
const drafts = (
  await parallel(ANGLES.map((angle) => () => agent(`Design ${task}. Aim for ${angle}.`, { label: `propose: ${angle}` })))
).filter(Boolean)
const judged = await agent(`Choose the best:\n${drafts.join('\n---\n')}`, { schema: CHOICE, effort: 'high' })
if (!judged) throw new Error('nobody chose')
log(`chose ${judged.number} of ${drafts.length}`)
return drafts[judged.number] ?? null
