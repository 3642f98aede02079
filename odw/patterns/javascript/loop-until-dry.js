// Loop until dry: finders search in rounds until so many rounds in a row bring nothing new.
export const meta = {
  name: 'loop-until-dry',
  description: 'Search in rounds until nothing new turns up',
  whenToUse: 'Nobody knows beforehand how many there are: bugs, call sites, sources, ideas.',
  phases: ['Search'],
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
const PROMPT =
  '{task}\n\nThis is round {round}; you are finder {finder} of {finders}. Report only what is not in the list below, and nothing ' +
  'that you doubt: an empty answer is a good one when there is nothing more.\n\nKnown already:\n{known}'

const { task, schema: item, key, finders, rounds, dryRounds, shown, prompt, finder } = take({
  task: words(),
  schema: schema({ type: 'string' }),
  key: list(1)(null),
  finders: count()(3),
  rounds: count()(10),
  dryRounds: count()(2),
  shown: count()(100),
  prompt: template(PROMPT, 'known'),
  finder: role,
})
const FOUND = { type: 'object', required: ['items'], properties: { items: { type: 'array', items: item } } }

const sorted = (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value)
const named = (found) => key.map((name) => found?.[name] ?? null)
const identity = (found) => JSON.stringify(key ? named(found) : found, sorted)
const line = (found) => (key ? named(found).map(text).join(' ') : text(found))

const seen = new Map()
let [round, dry, silent, duplicates, abstained] = [0, 0, 0, 0, 0]
while (round < rounds && dry < dryRounds && silent < dryRounds) {
  round += 1
  if (seen.size > shown) say(`the prompts of round ${round} name the latest ${shown} of ${seen.size} that are known`)
  const known = bullets([...seen.values()].slice(-shown).map(line)) || '(nothing yet)'
  const reports = await times(finders, (index) => {
    const values = { task, round, finder: index + 1, finders, known }
    return ask(fill(prompt, values), values, finder, { label: 'find {round}.{finder}', phase: 'Search', schema: FOUND })
  })
  const answers = reports.filter(Boolean)
  const found = answers.flatMap((answer) => answer.items)
  const before = seen.size
  for (const one of found) if (!seen.has(identity(one))) seen.set(identity(one), one)
  const fresh = seen.size - before
  duplicates += found.length - fresh
  abstained += finders - answers.length
  silent = answers.length === 0 ? silent + 1 : 0
  if (answers.length > 0) dry = fresh === 0 ? dry + 1 : 0
  say(`round ${round}: ${fresh} new, ${seen.size} in all; ${finders - answers.length} of ${finders} finders abstained`)
}
const stopped = dry >= dryRounds ? 'dry' : silent >= dryRounds ? 'failed' : 'rounds'
if (stopped === 'rounds') say(`stopped after ${rounds} rounds, before it was dry`)
return { items: [...seen.values()], rounds: round, stopped, duplicates, abstained }
