// Adversarial verify: skeptics try to refute each claim; it stands when enough of them fail to.
export const meta = {
  name: 'adversarial-verify',
  description: 'Let several skeptics try to refute each claim; keep those that enough of them uphold',
  whenToUse: 'Findings that sound right and may not be: bugs, causes, facts. Before anybody acts on them.',
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
const PROMPT =
  'You are skeptic {voter} of {voters}; you do not see what the others answer. Try to refute the claim below: look for evidence ' +
  'against it before you look for evidence for it. A claim that you can neither refute nor confirm counts as refuted.\n\n' +
  'Claim:\n{claim}'
const VOTE = {
  type: 'object',
  required: ['refuted', 'reason'],
  properties: {
    refuted: { type: 'boolean' },
    reason: { type: 'string', description: 'the strongest evidence, and where it is' },
  },
}

const { claims, voters, needed: wanted, prompt, context, skeptic } = take({
  claims: list()(),
  voters: count()(3),
  needed: count()(null),
  prompt: template(PROMPT, 'claim'),
  context: words(''),
  skeptic: role,
})
const needed = wanted ?? Math.floor(voters / 2) + 1
if (needed > voters) refuse(`needed (${needed}) is more than voters (${voters})`)
const before = context && `${context}\n\n`

const judge = async (claim, index) => {
  const votes = await times(voters, (voter) => {
    const values = { claim, number: index + 1, voter: voter + 1, voters }
    return ask(before + fill(prompt, values), values, skeptic, { label: 'refute {number}.{voter}', phase: 'Verify', schema: VOTE })
  })
  const cast = votes.filter(Boolean)
  const upheld = cast.filter((vote) => !vote.refuted).length
  const abstained = voters - cast.length
  const verdict = upheld >= needed ? 'confirmed' : upheld + abstained >= needed ? 'undecided' : 'refuted'
  return { claim, verdict, upheld, refuted: cast.length - upheld, abstained, reasons: cast.map((vote) => vote.reason) }
}

const verdicts = await times(claims.length, (index) => judge(claims[index], index))
const [confirmed, refuted, undecided] = ['confirmed', 'refuted', 'undecided'].map((sort) =>
  verdicts.filter(({ verdict }) => verdict === sort).map(({ claim }) => claim),
)
const abstained = verdicts.reduce((sum, verdict) => sum + verdict.abstained, 0)
say(
  `${confirmed.length} confirmed, ${refuted.length} refuted, ${undecided.length} undecided; ` +
    `${abstained} of ${claims.length * voters} votes abstained`,
)
return { confirmed, refuted, undecided, abstained, verdicts }
