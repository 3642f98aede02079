// Deep research: split a question, research each part from several angles, cross-check claims, write with citations.
//
// Why this shape: sub-questions are independent, so they fan out; claims are deduplicated in plain code, which costs
// nothing; only claims that more than one source supports, or that survive a check, reach the report.
export const meta = {
  name: 'deep-research',
  description: 'Break a question down, research in parallel, cross-check the claims, write a cited report',
  whenToUse: 'A question whose answer needs several sources that may disagree',
  phases: [
    { title: 'Plan' },
    { title: 'Research', detail: 'web and papers per sub-question', model: 'haiku' },
    { title: 'Check' },
    { title: 'Report' },
  ],
}

const PLAN = {
  type: 'object',
  required: ['questions'],
  properties: { questions: { type: 'array', minItems: 2, maxItems: 4, items: { type: 'string', minLength: 5 } } },
}
const CLAIMS = {
  type: 'object',
  required: ['claims'],
  properties: {
    claims: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: {
        type: 'object',
        required: ['text', 'source', 'confidence'],
        properties: {
          text: { type: 'string', minLength: 5 },
          source: { type: 'string' },
          confidence: { type: 'number', minimum: 0, maximum: 1 },
        },
      },
    },
  },
}
const SUPPORTED = { type: 'object', required: ['supported'], properties: { supported: { type: ['boolean', 'null'] } } }

const question = (typeof args === 'string' ? args : args?.question) || 'What limits the accuracy of long-context models?'

phase('Plan')
const plan = await agent(`Split into independent sub-questions: ${question}`, { label: 'plan', schema: PLAN })
if (plan === null) return { ok: false, error: 'no plan' }

const normalise = (text) => text.toLowerCase().replace(/\s+/g, ' ').replace(/[.,;:!?]+$/u, '').trim()
const claims = new Map()

await pipeline(
  plan.questions.flatMap((q) => ['the web', 'research papers'].map((where) => ({ q, where }))),
  ({ q, where }) => agent(`Research in ${where}: ${q}`, { label: `${where}: ${q}`, phase: 'Research', schema: CLAIMS }),
  (found) => {
    for (const { text, source, confidence } of found.claims) {
      const key = normalise(text)
      const entry = claims.get(key) ?? { text, sources: new Set(), confidence: 0 }
      entry.sources.add(source)
      entry.confidence = Math.max(entry.confidence, confidence)
      claims.set(key, entry)
    }
  },
)

phase('Check')
const checked = await parallel(
  [...claims.values()].map((claim) => async () => {
    if (claim.sources.size > 1) return { ...claim, why: 'several sources' }
    const verdict = await agent(`Is this supported by its source (${[...claim.sources][0]})? "${claim.text}"`, {
      label: 'check claim',
      schema: SUPPORTED,
    })
    return verdict?.supported ? { ...claim, why: 'checked' } : null
  }),
)
const kept = checked.filter(Boolean).map((c, i) => ({ id: i + 1, text: c.text, sources: [...c.sources].sort(), why: c.why }))
log(`${claims.size} claims, ${kept.length} kept`)

phase('Report')
const report = await agent(
  `Answer "${question}" using only these claims, citing them like [1].\n` +
    kept.map(({ id, text, sources }) => `[${id}] ${text} (${sources.join('; ')})`).join('\n'),
  { label: 'report' },
)
return { question, subquestions: plan.questions.length, kept, report }
