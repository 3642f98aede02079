// Completeness critic: one agent says what a piece of work lacks, others add it, until nothing is missing.
export const meta = {
  name: 'completeness-critic',
  description: 'Find what a piece of work lacks and add it, until a critic finds nothing missing',
  whenToUse: 'The work is good as far as it goes, and the risk is in what it leaves out: plans, reviews, documentation.',
  phases: ['Critique', 'Fill'],
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
const CRITIC =
  'Say what is missing from the work below for the task: what the task asks for and the work does not have. Not what could be ' +
  'better, and at most {limit}, the most important first. Nothing, if it is complete.\n\nTask: {task}\n\nWork:\n{work}'
const FILL = 'Task: {task}\n\nThe work so far:\n{work}\n\nThis is missing from it:\n{gap}\n\nWrite what is missing, and only that.'

const { task, work, rounds, limit, critique, fill: supply, critic, filler } = take({
  task: words(),
  work: (value, name) => (value === undefined ? refuse(`expected ${name}, found nothing`) : value),
  rounds: count()(3),
  limit: count()(5),
  critique: template(CRITIC, 'work'),
  fill: template(FILL, 'gap'),
  critic: role,
  filler: role,
})
const GAPS = { type: 'object', required: ['gaps'], properties: { gaps: { type: 'array', maxItems: limit, items: { type: 'string' } } } }

const added = []
let [open, round, abstained, stopped] = [[], 0, 0, 'rounds']
const whole = () => [text(work), ...added.map(({ gap, answer }) => `Added, as this was missing: ${gap}\n${text(answer)}`)].join('\n\n')
while (round < rounds) {
  round += 1
  const values = { task, work: whole(), limit, round }
  const found = await ask(fill(critique, values), values, critic, { label: 'critic {round}', phase: 'Critique', schema: GAPS })
  if (found === null) {
    abstained += 1
    stopped = 'failed'
    break
  }
  if (found.gaps.length === 0) {
    open = []
    stopped = 'complete'
    break
  }
  const answers = await times(found.gaps.length, (index) => {
    const own = { ...values, gap: found.gaps[index], number: index + 1 }
    return ask(fill(supply, own), own, filler, { label: 'fill {round}.{number}', phase: 'Fill' })
  })
  open = found.gaps.filter((_, index) => answers[index] === null)
  added.push(...found.gaps.flatMap((gap, index) => (answers[index] === null ? [] : [{ gap, answer: answers[index], round }])))
  abstained += open.length
  say(`round ${round}: ${found.gaps.length} missing, ${found.gaps.length - open.length} added`)
}
if (stopped !== 'complete') say(stopped === 'failed' ? `the critic of round ${round} failed` : `stopped after ${rounds} rounds, before it was complete`)
return { complete: stopped === 'complete', work, added, open, rounds: round, stopped, abstained }
