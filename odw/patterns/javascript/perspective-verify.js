// Perspective-diverse verify: each claim is examined from several points of view, one agent for each.
export const meta = {
  name: 'perspective-verify',
  description: 'Examine each claim from different points of view; keep those that enough of them accept',
  whenToUse: 'Claims that can be wrong in several ways at once, where equal skeptics would all miss the same one.',
  phases: ['Verify'],
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
const PERSPECTIVES = [
  'whether it is true exactly as it is stated',
  'whether the evidence proves it, or only fits it',
  'whether it matters to those who depend on it',
]
const PROMPT =
  'Examine the claim below from one point of view only: {perspective}. Others examine it from theirs. Accept it only if it ' +
  'holds from yours.\n\nClaim:\n{claim}'
const VOTE = {
  type: 'object',
  required: ['accepted', 'reason'],
  properties: {
    accepted: { type: 'boolean' },
    reason: { type: 'string', description: 'what decides it, seen from this point of view' },
  },
}

const { claims, perspectives, needed: wanted, prompt, context, examiner } = take({
  claims: list()(),
  perspectives: list(1)(PERSPECTIVES),
  needed: count()(null),
  prompt: template(PROMPT, 'claim', 'perspective'),
  context: words(''),
  examiner: role,
})
const needed = wanted ?? perspectives.length
if (needed > perspectives.length) refuse(`needed (${needed}) is more than there are perspectives (${perspectives.length})`)
const before = context && `${context}\n\n`

const examine = async (claim, index) => {
  const answers = await times(perspectives.length, (view) => {
    const values = { claim, number: index + 1, perspective: perspectives[view], view: view + 1 }
    return ask(before + fill(prompt, values), values, examiner, { label: 'examine {number}.{view}', phase: 'Verify', schema: VOTE })
  })
  const votes = answers.map((answer, view) => ({
    perspective: perspectives[view],
    accepted: answer ? answer.accepted : null,
    reason: answer ? answer.reason : null,
  }))
  const accepted = votes.filter((vote) => vote.accepted === true).length
  const rejected = votes.filter((vote) => vote.accepted === false).length
  const abstained = votes.length - accepted - rejected
  const verdict = accepted >= needed ? 'confirmed' : accepted + abstained >= needed ? 'undecided' : 'refuted'
  return { claim, verdict, accepted, rejected, abstained, votes }
}

const verdicts = await times(claims.length, (index) => examine(claims[index], index))
const [confirmed, refuted, undecided] = ['confirmed', 'refuted', 'undecided'].map((sort) =>
  verdicts.filter(({ verdict }) => verdict === sort).map(({ claim }) => claim),
)
const abstained = verdicts.reduce((sum, verdict) => sum + verdict.abstained, 0)
say(
  `${confirmed.length} confirmed, ${refuted.length} refuted, ${undecided.length} undecided; ` +
    `${abstained} of ${claims.length * perspectives.length} votes abstained`,
)
return { confirmed, refuted, undecided, abstained, verdicts }
