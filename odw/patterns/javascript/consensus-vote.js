// Consensus vote: voters choose among options by themselves; a tie is broken by one more, who sees their reasons.
export const meta = {
  name: 'consensus-vote',
  description: 'Decide a question by the votes of several agents, with a tie-break',
  whenToUse: 'A choice among few options that one agent makes now this way and now that.',
  phases: ['Vote', 'Tie-break'],
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
const ABSTAIN = 'abstain'
const PROMPT =
  'You are voter {voter} of {voters}; the others vote by themselves. Choose one of the options, or "abstain" if you cannot tell.\n\n' +
  'Question: {question}\n\nOptions:\n{options}'
const TIEBREAK =
  'The votes on this question are tied. Weigh the reasons, not their number, and choose one of the options that are left, or ' +
  '"abstain" if they are equally good.\n\nQuestion: {question}\n\nOptions:\n{options}\n\nReasons given:\n{reasons}'
const ballot = (choices) => ({
  type: 'object',
  required: ['choice', 'reason'],
  properties: { choice: { enum: [...choices, ABSTAIN] }, reason: { type: 'string' } },
})

const { question, options, voters, quorum: wanted, prompt, tiebreak, voter, tiebreaker } = take({
  question: words(),
  options: list(2)(),
  voters: count()(5),
  quorum: count()(null),
  prompt: template(PROMPT, 'options'),
  tiebreak: template(TIEBREAK, 'options'),
  voter: role,
  tiebreaker: role,
})
const odd = options.find((option, index) => typeof option !== 'string' || option === ABSTAIN || options.indexOf(option) !== index)
if (odd !== undefined) refuse(`expected options as different texts other than "${ABSTAIN}", found ${text(odd)}`)
const quorum = wanted ?? Math.floor(voters / 2) + 1
if (quorum > voters) refuse(`quorum (${quorum}) is more than voters (${voters})`)

// Each voter reads the options from another one on, so that a liking for the first cancels out.
const rotated = (by) => options.map((_, index) => options[(index + by) % options.length])
const answers = await times(voters, (index) => {
  const values = { question, options: bullets(rotated(index)), voter: index + 1, voters }
  return ask(fill(prompt, values), values, voter, { label: 'vote {voter}', phase: 'Vote', schema: ballot(options) })
})
const votes = answers.map((answer, index) => ({ voter: index + 1, choice: answer ? answer.choice : null, reason: answer ? answer.reason : null }))
const failed = votes.filter((vote) => vote.choice === null).length
const abstained = votes.filter((vote) => vote.choice === ABSTAIN).length
const cast = voters - failed - abstained
const tally = options.map((option) => ({ option, votes: votes.filter((vote) => vote.choice === option).length }))
const most = Math.max(...tally.map((entry) => entry.votes))
const leading = tally.filter((entry) => entry.votes === most).map((entry) => entry.option)

let [winner, decided] = [null, 'no quorum']
if (cast >= quorum && leading.length === 1) [winner, decided] = [leading[0], 2 * most > cast ? 'majority' : 'plurality']
else if (cast >= quorum) {
  const reasons = votes.filter((vote) => leading.includes(vote.choice)).map((vote) => `${vote.choice}: ${vote.reason}`)
  const values = { question, options: bullets(leading), reasons: bullets(reasons) }
  const last = await ask(fill(tiebreak, values), values, tiebreaker, { label: 'tie-break', phase: 'Tie-break', schema: ballot(leading) })
  winner = last && last.choice !== ABSTAIN ? last.choice : null
  decided = winner === null ? 'tie' : 'tie-break'
}
say(`${winner === null ? 'no decision' : text(winner)} (${decided}); ${cast} of ${voters} votes cast, ${abstained} abstained, ${failed} failed`)
return { winner, decided, tally, abstained, failed, votes }
