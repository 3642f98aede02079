// Quality gate: work goes on only if it passes every gate; a gate that gives no answer is not passed.
export const meta = {
  name: 'quality-gate',
  description: 'Let commands and agents judge a piece of work; it passes only if all of them say so',
  whenToUse: 'Before something cannot be taken back, or others build on it: merge, release, publish.',
  phases: ['Gate'],
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
const INSPECT =
  'You are a quality gate. Decide whether the work below passes, by this criterion alone: {gate}\n\nIf you cannot tell, it does not ' +
  'pass. Name every problem.\n\nWork:\n{work}'
const RUN =
  'Run this command in the project, exactly as it is written, and change nothing else:\n\n{command}\n\nReport its exit code and the ' +
  'last lines of what it printed. If it cannot be run at all, report the exit code 127, and why.'
const JUDGED = {
  type: 'object',
  required: ['passed', 'problems'],
  properties: { passed: { type: 'boolean' }, problems: { type: 'array', items: { type: 'string' } } },
}
const RAN = { type: 'object', required: ['code', 'output'], properties: { code: { type: 'integer' }, output: { type: 'string' } } }

const { gates, work, inOrder, inspect, run, inspector, runner } = take({
  gates: list(1)(),
  work: (value = '') => value,
  inOrder: flag(false),
  inspect: template(INSPECT, 'gate'),
  run: template(RUN, 'command'),
  inspector: role,
  runner: role,
})
const wrong = gates.find(
  (gate) => !isObject(gate) || typeof gate.name !== 'string' || (typeof gate.prompt === 'string') === (typeof gate.command === 'string'),
)
if (wrong !== undefined) refuse(`expected a gate as {name, prompt} or {name, command}, found ${text(wrong)}`)

// A script has no shell: an agent runs the command and reports. (In Python a step runs it.)
const open = async ({ name, prompt, command }, index) => {
  const values = { gate: prompt ?? name, command, work, number: index + 1 }
  const options = { label: `gate: ${name}`, phase: 'Gate' }
  if (command === undefined) {
    const answer = await ask(fill(inspect, values), values, inspector, { ...options, schema: JUDGED })
    return { name, passed: answer && answer.passed, problems: answer ? answer.problems : [] }
  }
  const ran = await ask(fill(run, values), values, runner, { ...options, schema: RAN })
  if (ran === null) return { name, passed: null, problems: [] }
  return { name, passed: ran.code === 0, problems: ran.code === 0 ? [] : [`exit code ${ran.code}: ${ran.output}`] }
}

let results = []
if (inOrder) {
  for (const [index, gate] of gates.entries()) {
    results.push(await open(gate, index))
    if (results.at(-1).passed !== true) break
  }
} else results = await times(gates.length, (index) => open(gates[index], index))
const failed = results.filter((gate) => gate.passed === false).map((gate) => gate.name)
const undecided = results.filter((gate) => gate.passed === null).map((gate) => gate.name)
const skipped = gates.slice(results.length).map((gate) => gate.name)
const passed = results.length === gates.length && results.every((gate) => gate.passed === true)
say(`${passed ? 'passed' : 'not passed'}: ${failed.length} of ${gates.length} gates failed, ${undecided.length} undecided, ${skipped.length} skipped`)
return { passed, gates: results, failed, undecided, skipped }
