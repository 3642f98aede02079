// A query that passes review: what the check found goes into the next attempt.
//
// Why this shape: "try again" gives the same mistake in other words. The result and its problems in the prompt give the
// next attempt something to mend.
export const meta = {
  name: 'pattern-retry-until-passes',
  description: 'Write SQL queries and mend each until a reviewer accepts it',
  phases: ['Make', 'Check'],
}

const QUERY = { type: 'object', required: ['sql'], properties: { sql: { type: 'string' } } }

const questions = args?.questions ?? ['Which customers have not ordered for a year?', 'What was the median order in each month?']

const queries = await parallel(
  questions.map((question) => () =>
    workflow('retry-until-passes', {
      task: `Write one SQL query for PostgreSQL that answers: ${question}`,
      schema: QUERY,
      attempts: 3,
      checker: { model: 'opus', effort: 'high' },
    }),
  ),
)
return {
  accepted: queries.filter((query) => query?.passed).map((query) => query.result.sql),
  refused: questions.filter((_, i) => !queries[i]?.passed),
  attempts: queries.map((query) => query?.tries.length ?? 0),
}
