// Map-reduce: what is too much for one agent is cut into chunks; each is worked on, and the results are put together.
export const meta = {
  name: 'map-reduce',
  description: 'Work on a long list or text in chunks, and put the partial results together',
  whenToUse: 'The input does not fit into one prompt, or an agent would skim it: logs, many files, long documents.',
  phases: ['Map', 'Reduce'],
}

// --- what all scripts of this folder share, since none can import another ---
const refuse = (problem) => {
  throw new TypeError(`${meta.name}: ${problem}`)
}
const text = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))
const take = (kinds) => {
  const given = args ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) refuse(`expected the args as an object, found ${text(given)}`)
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(kinds, name))
  if (unknown !== undefined) refuse(`no option ${unknown}; there are: ${Object.keys(kinds).join(', ')}`)
  return Object.fromEntries(Object.entries(kinds).map(([name, read]) => [name, read(given[name] ?? undefined, name)]))
}
const kind = (expected, fits) => (fallback) => (value = fallback, name) =>
  value !== undefined && (value === fallback || fits(value)) ? value : refuse(`expected ${name} as ${expected}, found ${text(value)}`)
const words = kind('a text', (value) => typeof value === 'string' && value.trim() !== '')
const flag = kind('true or false', (value) => typeof value === 'boolean')
const list = (least = 0) => kind(`a list of at least ${least}`, (value) => Array.isArray(value) && value.length >= least)
const count = (least = 1) => kind(`a whole number from ${least} on`, (value) => Number.isInteger(value) && value >= least)
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const schema = kind('a JSON Schema', isObject)
const role = (value, name) => {
  const own = ['schema', 'onFailure'].find((option) => Object.hasOwn(value ?? {}, option))
  return own === undefined ? kind('an object with options of agent()', isObject)({})(value, name) : refuse(`${name} has no option ${own}: the pattern sets it`)
}
const template = (fallback, ...holes) => (value, name) => {
  const given = words(fallback)(value, name)
  const missing = holes.find((hole) => !given.includes(`{${hole}}`))
  return missing === undefined ? given : refuse(`${name} has no {${missing}} in it`)
}
const fill = (given, values) =>
  given.replace(/\{([a-z]+)\}/g, (hole, name) => (Object.hasOwn(values, name) ? text(values[name]) : hole))
// A call that fails is null, and counted by the pattern; one that could not even be made is the author's mistake, and ends it.
let mistake
const ask = async (prompt, values, options, { label, phase, schema }) => {
  try {
    return await agent(prompt, {
      ...options,
      label: fill(text(options.label ?? label), values),
      phase: fill(text(options.phase ?? phase), values),
      ...(schema && { schema }),
      onFailure: 'null',
    })
  } catch (error) {
    if (error.name !== 'WorkflowBudgetError' && error.name !== 'WorkflowAgentCapError') mistake ??= error
    throw error
  }
}
const times = async (number, make) => {
  const results = await parallel(Array.from({ length: number }, (_, index) => () => make(index)))
  if (mistake) throw mistake
  return results
}
const bullets = (lines) => lines.map((line) => `- ${line}`).join('\n')
const say = (message) => log(`${meta.name}: ${message}`)
// --- the pattern ---
const MAP = '{task}\n\nThis is part {number} of {chunks}; others work on the rest.\n\n{chunk}'
const REDUCE = '{task}\n\nMake one result of these {count} partial results; leave out what they say twice.{missing}\n\n{parts}'

const { task, items, text: whole, size: wanted, characters: limit, fanin, map, reduce, partSchema, schema: shape, mapper, reducer } = take({
  task: words(),
  items: list()(null),
  text: words(null),
  size: count()(null),
  characters: count()(null),
  fanin: count(2)(10),
  map: template(MAP, 'chunk'),
  reduce: template(REDUCE, 'parts'),
  partSchema: schema(null),
  schema: schema(null),
  mapper: role,
  reducer: role,
})
if ((items === null) === (whole === null)) refuse('expected either items or text')
if (whole !== null && wanted !== null) refuse('size counts items; a text is cut by characters')
const size = wanted ?? (limit === null && items ? 10 : Infinity)
const characters = limit ?? (items ? Infinity : 20000)

// Lengths are counted in code points, so that no cut goes through a character.
const pieces = (items ?? whole.split('\n')).flatMap((piece, index) => {
  const points = Array.from(text(piece))
  if (points.length <= characters) return [{ text: text(piece), length: points.length }]
  say(`${items ? 'item' : 'line'} ${index + 1} has ${points.length} characters, more than ${characters}: ${items ? 'it is a chunk of its own' : 'it is cut'}`)
  if (items) return [{ text: text(piece), length: points.length }]
  return Array.from({ length: Math.ceil(points.length / characters) }, (_, cut) => {
    const part = points.slice(cut * characters, (cut + 1) * characters)
    return { text: part.join(''), length: part.length }
  })
})
const joint = items ? '\n\n' : '\n'
const chunks = []
let [held, length] = [[], 0]
for (const piece of pieces) {
  const longer = length + joint.length + piece.length
  if (held.length > 0 && (held.length === size || longer > characters)) {
    chunks.push(held.join(joint))
    held = []
  }
  length = held.length > 0 ? longer : piece.length
  held.push(piece.text)
}
if (held.length > 0) chunks.push(held.join(joint))

const parts = await times(chunks.length, (index) => {
  const values = { task, number: index + 1, chunks: chunks.length, chunk: chunks[index] }
  return ask(fill(map, values), values, mapper, { label: 'map {number}', phase: 'Map', schema: partSchema })
})
const failed = parts.flatMap((part, index) => (part === null ? [index + 1] : []))
let row = parts.flatMap((part, index) => (part === null ? [] : [{ value: part, covers: [index + 1] }]))

const merge = (group, level, number, schema) => {
  const values = {
    task,
    level,
    number,
    count: group.length,
    missing: failed.length > 0 ? ` ${failed.length} of ${chunks.length} parts are missing: say so.` : '',
    parts: group.map(({ value }, index) => `Partial result ${index + 1}:\n${text(value)}`).join('\n\n'),
  }
  return ask(fill(reduce, values), values, reducer, { label: 'reduce {level}.{number}', phase: 'Reduce', schema })
}
let levels = 0
while (row.length > fanin) {
  levels += 1
  const groups = Array.from({ length: Math.ceil(row.length / fanin) }, (_, index) => row.slice(index * fanin, (index + 1) * fanin))
  const merged = await times(groups.length, (index) =>
    groups[index].length === 1 ? groups[index][0].value : merge(groups[index], levels, index + 1, partSchema),
  )
  const covers = groups.map((group) => group.flatMap((part) => part.covers))
  failed.push(...covers.filter((_, index) => merged[index] === null).flat())
  row = merged.flatMap((value, index) => (value === null ? [] : [{ value, covers: covers[index] }]))
}
failed.sort((a, b) => a - b)
if (failed.length > 0) say(`${failed.length} of ${chunks.length} chunks are missing from the result: ${failed.join(', ')}`)
const result = row.length > 0 ? await merge(row, (levels += 1), 1, shape) : null
return { result, chunks: chunks.length, failed, levels, parts }
