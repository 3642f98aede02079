// Loop until budget: rounds of agents as long as the budget holds, with a reserve for what comes after.
export const meta = {
  name: 'loop-until-budget',
  description: 'Collect answers in rounds until the budget, less a reserve, is spent',
  whenToUse: 'More is better and money is the limit: variants, ideas, test cases.',
  phases: ['Rounds'],
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
  '{task}\n\nThis is round {round}; you are number {number} of {batch}. Give something that is not in the list below.\n\n' +
  'So far:\n{known}'

const { task, schema: shape, batch, rounds, reserve, shown, prompt, worker } = take({
  task: words(),
  schema: schema(null),
  batch: count()(3),
  rounds: count()(10),
  reserve: kind('a number from 0 on', (value) => typeof value === 'number' && value >= 0)(0),
  shown: count()(20),
  prompt: template(PROMPT),
  worker: role,
})

const HALTS = { WorkflowBudgetError: 'budget', WorkflowAgentCapError: 'cap' }
const results = []
const begun = budget.spent()
let [round, silent, abstained, unasked, stopped] = [0, 0, 0, 0, null]
const affordable = () => budget.total === null || budget.remaining() > reserve + (round ? (budget.spent() - begun) / round : 0)
if (budget.total === null) say(`no budget is set: it stops after ${rounds} rounds`)
while (stopped === null) {
  if (!affordable()) stopped = 'budget'
  else if (round === rounds) stopped = 'rounds'
  else if (silent === 2) stopped = 'failed'
  if (stopped !== null) break
  round += 1
  const known = bullets(results.slice(-shown).map(text)) || '(nothing yet)'
  if (results.length > shown) say(`the prompts of round ${round} name the latest ${shown} of ${results.length} answers`)
  const answers = Array(batch)
  await times(batch, async (index) => {
    const values = { task, round, number: index + 1, batch, known }
    try {
      answers[index] = await ask(fill(prompt, values), values, worker, { label: 'round {round}.{number}', phase: 'Rounds', schema: shape })
    } catch (error) {
      if (!Object.hasOwn(HALTS, error.name)) throw error
      stopped = HALTS[error.name] // kept from parallel(), which would not wait for the calls that are under way
    }
  })
  const given = answers.filter((answer) => answer !== undefined && answer !== null)
  const asked = answers.filter((answer) => answer !== undefined).length
  unasked += batch - asked
  abstained += asked - given.length
  silent = given.length === 0 ? silent + 1 : 0
  results.push(...given)
}
const spent = budget.spent() - begun
say(`${results.length} answers in ${round} rounds, stopped by ${stopped}; ${abstained} abstained, ${unasked} could not be asked any more`)
return { results, rounds: round, stopped, spent, abstained, unasked }
