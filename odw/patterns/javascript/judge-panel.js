// Judge panel: candidates, given or proposed from different angles, are scored by judges who each care about one thing.
export const meta = {
  name: 'judge-panel',
  description: 'Score candidates with a panel of judges, rank them, and refine the winner',
  whenToUse: 'There are many good answers and no test that tells the best: designs, plans, texts.',
  phases: ['Propose', 'Judge', 'Refine'],
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
const ANGLES = ['the simplest thing that works', 'the most robust under failure', 'the cheapest to run and to change']
const JUDGES = ['one who will maintain it for years', 'one who is called when it fails', 'one who has to use it']
const PROPOSE = 'Task: {task}\n\nPropose one solution, and aim for {angle}. Others aim for other things.'
const JUDGE =
  'As {judge}, score this candidate from 0 (useless) to 10 (could not be better). Others score it for other qualities.\n\n' +
  'Task: {task}\n\nCandidate:\n{candidate}'
const REFINE =
  'Task: {task}\n\nRefine this candidate: keep its strengths, mend its weaknesses, and take over the best of the others.\n\n' +
  'Candidate:\n{candidate}\n\nIts weaknesses, as the judges named them:\n{weaknesses}\n\nStrengths of the others:\n{strengths}'
const SCORE = {
  type: 'object',
  required: ['score', 'strength', 'weakness'],
  properties: {
    score: { type: 'integer', minimum: 0, maximum: 10 },
    strength: { type: 'string' },
    weakness: { type: 'string' },
  },
}

const { task, candidates, angles, judges, propose, score, refine, proposer, judge, refiner } = take({
  task: words(),
  candidates: list(1)(null),
  angles: list(1)(ANGLES),
  judges: list(1)(JUDGES),
  propose: template(PROPOSE, 'angle'),
  score: template(JUDGE, 'candidate'),
  refine: (value, name) => (typeof value === 'boolean' ? value && REFINE : template(REFINE, 'candidate')(value, name)),
  proposer: role,
  judge: role,
  refiner: role,
})

let entries = candidates?.map((candidate) => ({ candidate, angle: null }))
if (!entries) {
  const proposals = await times(angles.length, (index) => {
    const values = { task, angle: angles[index], number: index + 1 }
    return ask(fill(propose, values), values, proposer, { label: 'propose {number}', phase: 'Propose' })
  })
  entries = proposals.map((candidate, index) => ({ candidate, angle: angles[index] }))
}
const failed = entries.filter((entry) => entry.candidate === null).map((entry) => entry.angle)
entries = entries.filter((entry) => entry.candidate !== null)

const judged = await times(entries.length, async (index) => {
  const { candidate, angle } = entries[index]
  const answers = await times(judges.length, (seat) => {
    const values = { task, candidate, judge: judges[seat], number: index + 1, seat: seat + 1 }
    return ask(fill(score, values), values, judge, { label: 'judge {number}.{seat}', phase: 'Judge', schema: SCORE })
  })
  const scores = answers.flatMap((answer, seat) =>
    answer ? [{ judge: judges[seat], score: answer.score, strength: answer.strength, weakness: answer.weakness }] : [],
  )
  const mean = scores.length ? scores.reduce((sum, { score }) => sum + score, 0) / scores.length : null
  return { candidate, angle, mean, abstained: judges.length - scores.length, scores }
})
const ranking = judged.filter((entry) => entry.mean !== null).toSorted((a, b) => b.mean - a.mean)
const unranked = judged.filter((entry) => entry.mean === null)
const abstained = judged.reduce((sum, entry) => sum + entry.abstained, 0)
const winner = ranking[0] ?? null
const tied = ranking.length > 1 && ranking[1].mean === winner.mean
say(
  `${ranking.length} ranked, ${unranked.length} not, ${failed.length} not proposed; ` +
    `${abstained} of ${judged.length * judges.length} scores abstained${tied ? '; the first place is shared, the earlier wins' : ''}`,
)

let final = null
if (refine && winner) {
  const values = {
    task,
    candidate: winner.candidate,
    weaknesses: bullets(winner.scores.map(({ weakness }) => weakness)),
    strengths: bullets(ranking.slice(1).flatMap((entry) => entry.scores.map(({ strength }) => strength))) || '(there are none)',
  }
  final = await ask(fill(refine, values), values, refiner, { label: 'refine', phase: 'Refine' })
}
return { winner, tied, ranking, unranked, failed, final, abstained }
