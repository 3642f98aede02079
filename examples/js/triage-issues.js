// Classify and route: a cheap model sorts the issues, each class gets the handler and the model that it deserves.
//
// Why this shape: most items are easy. A small classifier with an enum schema costs little, plain code routes, and only
// the hard class reaches the expensive model. Confidence below the threshold is escalated rather than guessed.
export const meta = {
  name: 'triage-issues',
  description: 'Classify issues with a small model and route each to the right handler',
  phases: [{ title: 'Classify', model: 'haiku' }, { title: 'Handle' }],
}

const CLASS = {
  type: 'object',
  required: ['kind', 'confidence'],
  properties: {
    kind: { type: 'string', enum: ['bug', 'feature', 'question', 'spam'] },
    confidence: { type: 'number', minimum: 0, maximum: 1 },
  },
}

const parsed = typeof args === 'string' ? JSON.parse(args) : args
const issues = parsed?.issues ?? [
  { id: 101, title: 'Crash when the file is empty' },
  { id: 102, title: 'Please add dark mode' },
  { id: 103, title: 'How do I configure a proxy?' },
  { id: 104, title: 'CHEAP WATCHES!!!' },
  { id: 105, title: 'Wrong total when the discount is 100 %' },
]

const handlers = {
  bug: ({ title }) => agent(`Find the likely cause of this bug and a minimal reproduction: ${title}`, { model: 'opus', effort: 'high' }),
  feature: ({ title }) => agent(`Estimate the size of this feature and what it touches: ${title}`, { model: 'sonnet' }),
  question: ({ title }) => agent(`Answer from the documentation: ${title}`, { model: 'haiku' }),
  spam: () => 'closed',
}

const routed = await pipeline(
  issues,
  (issue) => agent(`Classify this issue: ${issue.title}`, { label: `classify #${issue.id}`, phase: 'Classify', schema: CLASS }),
  async (verdict, issue) => {
    const { kind, confidence } = verdict
    const sure = confidence >= 0.2
    const handle = sure ? handlers[kind] : undefined
    return { id: issue.id, kind: sure ? kind : 'needs a human', answer: (await handle?.(issue)) ?? null }
  },
)

const counts = routed.filter(Boolean).reduce((acc, { kind }) => ({ ...acc, [kind]: (acc[kind] ?? 0) + 1 }), {})
log(`routed: ${JSON.stringify(counts)}`)
return { counts, routed }
