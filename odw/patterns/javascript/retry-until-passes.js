// Retry until a check passes: one agent makes it, another checks it, and what the check found goes into the next attempt.
export const meta = {
  name: 'retry-until-passes',
  description: 'Make something, check it, and try again with what the check found, until it passes',
  whenToUse: 'A result that can be checked more easily than made: a query, a migration, a text with strict rules.',
  phases: ['Make', 'Check'],
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
const MAKE = '{task}{feedback}'
const FEEDBACK = '\n\nAn earlier attempt did not pass. It was:\n{result}\n\nWhat was wrong with it:\n{problems}\n\nMake it again, without these problems.'
const CHECK =
  'Check whether this result does what the task asks. Name every problem that must be mended, and none that is a matter of taste.\n\n' +
  'Task: {task}\n\nResult:\n{result}'
const CHECKED = {
  type: 'object',
  required: ['passed', 'problems'],
  properties: { passed: { type: 'boolean' }, problems: { type: 'array', items: { type: 'string' } } },
}

const { task, attempts, checks, make, check, schema: shape, maker, checker } = take({
  task: words(),
  attempts: count()(3),
  checks: count()(2),
  make: template(MAKE, 'feedback'),
  check: template(CHECK, 'result'),
  schema: schema(null),
  maker: role,
  checker: role,
})

const tries = []
let [result, feedback, abstained, stopped] = [null, '', 0, 'attempts']
while (tries.length < attempts) {
  const attempt = tries.length + 1
  const values = { task, attempt, feedback }
  const made = await ask(fill(make, values), values, maker, { label: 'make {attempt}', phase: 'Make', schema: shape })
  if (made === null) {
    abstained += 1
    tries.push({ attempt, result: null, passed: null, problems: [] })
    continue // with the feedback that there was
  }
  result = made
  let verdict = null
  for (let again = 1; verdict === null && again <= checks; again += 1) {
    const own = { ...values, result: made, check: again }
    verdict = await ask(fill(check, own), own, checker, { label: 'check {attempt}.{check}', phase: 'Check', schema: CHECKED })
    if (verdict === null) abstained += 1
  }
  const problems = verdict ? verdict.problems : []
  tries.push({ attempt, result: made, passed: verdict && verdict.passed, problems })
  if (verdict === null || verdict.passed) {
    stopped = verdict === null ? 'unchecked' : 'passed'
    break
  }
  feedback = fill(FEEDBACK, { result: made, problems: bullets(problems) || '(the check did not say)' })
  say(`attempt ${attempt} did not pass: ${problems.length} problems`)
}
say(`${stopped === 'passed' ? 'passed' : 'not passed'} after ${tries.length} of ${attempts} attempts (${stopped}); ${abstained} calls abstained`)
return { passed: stopped === 'passed', result, stopped, tries, abstained }
