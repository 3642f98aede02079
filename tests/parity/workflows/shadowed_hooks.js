// Locals, parameters and functions named like hooks.
export const meta = { name: 'shadowed-hooks', description: 'Names of hooks used for other things', phases: [{ title: 'One' }] }

const summarize = (log) => log.map((entry) => `- ${entry}`).join('\n')
function count({ agent, phase = 'none' }) {
  return `${agent}/${phase}`
}
const run = agent
{
  const agent = async (prompt, options) => run(`[wrapped] ${prompt}`, { ...options, label: `w:${options?.label ?? '?'}` })
  log(typeof agent)
  log(await agent('inner', { label: 'a' }).then((text) => text.length > 0))
}
const results = []
for (const phase of ['plan', 'build']) {
  const budget = { left: phase.length }
  results.push([phase, budget.left, count({ agent: phase }), count({ agent: 1, phase })])
}
const outer = await (async (args) => {
  const parallel = (xs) => xs.reverse()
  const pipeline = new Map([['k', parallel([1, 2, 3])]])
  return { args, p: pipeline.get('k') }
})({ own: true })
try {
  log(later)
  const later = 1
} catch (error) {
  log(`${error.name}: ${error.message}`)
}
log(summarize(['x', 'y']))
return { results, outer, type: typeof workflow, text: `${summarize(results.map(String))}` }
