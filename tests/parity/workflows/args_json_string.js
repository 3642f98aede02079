// Arguments in every disguise: objects, JSON strings inside strings, numbers as text.
export const meta = { name: 'args-json-string', description: 'Normalise the args, then review', phases: ['Read', 'Review'] }

const input = typeof args === 'string' ? JSON.parse(args) : (args ?? {})
const asList = (value) => {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return value == null ? [] : [value]
  try {
    const parsed = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch {
    return value.split(/[,\s]+/).filter(Boolean)
  }
}
const { files, depth = 1, tags = [], ...rest } = input
const options = { depth: Number(depth), ...(tags.length && { tags: asList(tags) }), ...(rest.dry ? { dry: true } : {}) }
phase('Read')
const seen = await Promise.all(asList(files).map((file, i) => agent(`Read ${file} (${i + 1}/${asList(files).length}) at depth ${options.depth}`, { label: `read:${file}` })))
phase('Review')
const reviewed = await parallel(asList(files).map((file, i) => () => agent(`Review ${file}:\n${seen[i]}`, {
  label: `review:${file}`,
  schema: { type: 'object', required: ['issues'], properties: { issues: { type: 'array', items: { type: 'string' } }, score: { type: 'number', minimum: 0, maximum: 10 } } },
})))
const lists = ['x', '["p","q"]', '7', 'a, b  c', null, 3].map(asList)
log(JSON.stringify({ options, lists }))
return { options, lists, issues: reviewed.filter(Boolean).flatMap((r, i) => r.issues.map((text) => `${asList(files)[i]}: ${text}`)) }
