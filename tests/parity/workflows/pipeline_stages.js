// Stages with (previous, item, index), slow and fast items, and an async mapper in between.
export const meta = { name: 'pipeline-stages', description: 'Three stages, no barrier', phases: ['Draft', 'Critique', 'Revise'] }

const order = []
const sections = ['intro', 'body', 'outro']
const done = await pipeline(
  sections,
  async (section, original, index) => {
    order.push(`d${index}`)
    return agent(`Draft ${section} (${original === section})`, { label: `draft:${section}`, phase: 'Draft' })
  },
  (draft, section, index) => {
    order.push(`c${index}`)
    return index === 1 ? `short:${section}` : agent(`Critique ${section}`, { label: `critique:${section}`, phase: 'Critique' }).then((critique) => ({ draft: draft.length > 0, critique: critique.length > 0 }))
  },
  async (previous, section, index) => {
    order.push(`r${index}`)
    await null
    return { section, previous, revised: await agent(`Revise ${section}: ${JSON.stringify(previous)}`, { label: `revise:${section}`, phase: 'Revise' }).then((t) => typeof t) }
  },
)
const nested = await pipeline([1, 2], (n) => parallel([() => agent(`L${n}`), () => agent(`R${n}`)]), (pair, n) => pair.map((t) => t.length > 0).concat(n))
const mixed = await fanout(['x', 'y'], (item, i) => agent(`Fan ${item}${i}`, { label: `fan-${i}` }), { label: 'fan' })
log(order.join(' '))
return { done, order, nested, mixed: mixed.length }
