// Tournament: candidates meet in pairs, judges say which is better, the winner of a match goes on.
export const meta = {
  name: 'tournament',
  description: 'Find the best of many candidates by comparing them in pairs, round by round',
  whenToUse: 'Agents compare two things better than they score one, and there are too many to show at once.',
  phases: ['Matches'],
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
  'Judge {judge}: which of the two does the task better? Judge what they say, not how long they are or which comes first.\n\n' +
  'Task: {task}\n\nA:\n{a}\n\nB:\n{b}'
const BETTER = {
  type: 'object',
  required: ['better', 'reason'],
  properties: { better: { enum: ['A', 'B'] }, reason: { type: 'string' } },
}

const { task, candidates, judges, prompt, judge } = take({
  task: words(),
  candidates: list(1)(),
  judges: count()(3),
  prompt: template(PROMPT, 'a', 'b'),
  judge: role,
})

// Every second judge sees the pair the other way round, so that a liking for the first place cancels out.
const compare = async (seat, match, label, swapped = seat % 2 === 1) => {
  const [a, b] = (swapped ? [match.b, match.a] : [match.a, match.b]).map((place) => candidates[place])
  const values = { task, a, b, judge: seat + 1, round: match.round, match: match.number }
  const answer = await ask(fill(prompt, values), values, judge, { label, phase: 'Matches', schema: BETTER })
  return answer && ((answer.better === 'A') !== swapped ? match.a : match.b)
}

const play = async (match) => {
  const { a, b } = match
  const answers = await times(judges, (seat) => compare(seat, match, 'match {round}.{match}, judge {judge}'))
  const votes = [a, b].map((place) => answers.filter((answer) => answer === place).length)
  const abstained = judges - votes[0] - votes[1]
  if (votes[0] !== votes[1]) return { a, b, winner: votes[0] > votes[1] ? a : b, votes, abstained, decided: 'votes' }
  const last = await compare(judges, match, 'match {round}.{match}, tie-break', false)
  return { a, b, winner: last ?? a, votes, abstained, decided: last === null ? 'seed' : 'tie-break' }
}

const rounds = []
let field = candidates.map((_, place) => place)
while (field.length > 1) {
  const round = rounds.length + 1
  const odd = field.length % 2 === 1 ? field.at(-1) : null
  const pairs = Array.from({ length: Math.floor(field.length / 2) }, (_, i) => ({ round, number: i + 1, a: field[2 * i], b: field[2 * i + 1] }))
  const played = await times(pairs.length, (index) => play(pairs[index]))
  // the one without an opponent comes first in the next round, so that it meets one there
  const bye = odd === null ? [] : [{ a: odd, b: null, winner: odd, votes: [0, 0], abstained: 0, decided: 'bye' }]
  rounds.push([...bye, ...played])
  field = rounds.at(-1).map((match) => match.winner)
  say(`round ${round}: ${played.length} matches, ${field.length} left`)
}
const abstained = rounds.flat().reduce((sum, match) => sum + match.abstained, 0)
return { winner: candidates[field[0]], place: field[0], rounds, abstained }
