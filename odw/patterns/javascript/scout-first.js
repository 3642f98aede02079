// Scout first: a cheap agent looks around and lists what there is to do; the expensive ones do that, and nothing else.
export const meta = {
  name: 'scout-first',
  description: 'Let one agent list what there is to do, then do each part with an agent of its own',
  whenToUse: 'The parts of the work are not known beforehand, and finding them costs little: modules, endpoints, open questions.',
  phases: ['Scout', 'Work'],
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
const SCOUT =
  'Look around and list the parts of this task that can be worked on by themselves, the most important first. Do not work on ' +
  'them.\n\nTask: {task}'
const WORK = 'Task: {task}\n\nDo this part of it, and leave the others to others ({number} of {parts}):\n{part}'

const { task, schema: shape, resultSchema, limit, scout: search, work, scouting, worker } = take({
  task: words(),
  schema: schema({ type: 'string' }),
  resultSchema: schema(null),
  limit: count()(20),
  scout: template(SCOUT, 'task'),
  work: template(WORK, 'part'),
  scouting: role,
  worker: role,
})
const PARTS = { type: 'object', required: ['parts'], properties: { parts: { type: 'array', items: shape } } }

const values = { task }
const report = await ask(fill(search, values), values, scouting, { label: 'scout', phase: 'Scout', schema: PARTS })
const found = report ? report.parts : []
const parts = found.slice(0, limit)
const dropped = found.slice(limit)
if (report === null) say('the scout failed: nothing is worked on')
if (dropped.length > 0) say(`${found.length} parts found, more than ${limit}: ${dropped.length} are dropped`)

const answers = await times(parts.length, (index) => {
  const own = { task, part: parts[index], number: index + 1, parts: parts.length }
  return ask(fill(work, own), own, worker, { label: 'work {number}', phase: 'Work', schema: resultSchema })
})
const results = parts.flatMap((part, index) => (answers[index] === null ? [] : [{ part, result: answers[index] }]))
const failed = parts.filter((_, index) => answers[index] === null)
say(`${results.length} of ${parts.length} parts done, ${failed.length} failed`)
return { scouted: report !== null, results, failed, dropped }
