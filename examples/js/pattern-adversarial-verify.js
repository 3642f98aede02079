// Review, then refute: what a reviewer finds is reported only if skeptics fail to refute it.
//
// Why this shape: a reviewer who is asked for bugs finds some, whether there are any or not. Skeptics who are asked to
// refute have no reason to be polite, and what they leave standing is worth a person's time.
export const meta = {
  name: 'pattern-adversarial-verify',
  description: 'Review a file and report only the findings that skeptics could not refute',
  phases: ['Review', 'Verify'],
}

const FINDINGS = {
  type: 'object',
  required: ['findings'],
  properties: { findings: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 4 } },
}

const file = args?.file ?? 'src/auth.py'

phase('Review')
const review = await agent(`Review ${file}. List each defect in one sentence, with its line.`, { schema: FINDINGS })
if (!review) return { file, reported: [], dropped: 0, undecided: [] }

const { confirmed, refuted, undecided } = await workflow('adversarial-verify', {
  claims: review.findings,
  context: `The claims are about ${file}. Read it.`,
  skeptic: { model: 'haiku' },
})
return { file, reported: confirmed, dropped: refuted.length, undecided }
