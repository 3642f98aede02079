// A name for the project: several writers suggest, a knock-out tournament decides.
//
// Why this shape: "score this name from 0 to 10" gives sevens. "Which of these two?" gives an answer, and five names need
// only four matches.
export const meta = {
  name: 'pattern-tournament',
  description: 'Collect suggestions and find the best by comparing them in pairs',
  phases: ['Suggest', 'Matches'],
}

const NAME = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 3 } } }

const project = args?.project ?? 'a command line tool that finds files nobody has opened for a year'
const moods = ['plain', 'playful', 'from astronomy', 'from cooking', 'one syllable']

phase('Suggest')
const suggestions = await parallel(
  moods.map((mood) => () => agent(`Suggest one name for ${project}. Mood: ${mood}.`, { label: `suggest: ${mood}`, schema: NAME })),
)
const names = suggestions.filter(Boolean).map(({ name }) => name)
if (names.length === 0) throw new Error('nobody suggested a name')

const { winner, rounds, abstained } = await workflow('tournament', { task: `A name for ${project}.`, candidates: names, judges: 3 })
const matches = rounds.flat().filter((match) => match.b !== null)
return { winner, names, matches: matches.length, close: matches.filter((match) => match.decided !== 'votes').length, abstained }
