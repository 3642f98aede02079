// Review changed files from several angles, then try to refute every finding before reporting it.
//
// Why this shape: one reviewer misses things and invents others. Several narrow reviewers find more; independent
// skeptics, told to refute, remove what is not real. Reviewing and verifying form a pipeline, so the findings of the
// first dimension are being verified while the last one is still being reviewed.
export const meta = {
  name: 'review-changes',
  description: 'Review changed files across dimensions and adversarially verify each finding',
  whenToUse: 'Before merging a change that matters: many angles, few false alarms',
  phases: [
    { title: 'Review', detail: 'one reviewer per dimension' },
    { title: 'Verify', detail: 'three skeptics per finding, majority rules' },
  ],
}

const DIMENSIONS = [
  { key: 'correctness', ask: 'logic errors, wrong edge cases, broken error handling' },
  { key: 'security', ask: 'injection, missing authorization, secrets, unsafe deserialization' },
  { key: 'performance', ask: 'needless quadratic work, blocking calls, repeated I/O' },
]

const FINDINGS = {
  type: 'object',
  required: ['findings'],
  additionalProperties: false,
  properties: {
    findings: {
      type: 'array',
      maxItems: 4,
      items: {
        type: 'object',
        required: ['title', 'file', 'severity'],
        properties: {
          title: { type: 'string', minLength: 8, maxLength: 120 },
          file: { type: 'string' },
          severity: { type: 'string', enum: ['high', 'medium', 'low'] },
        },
      },
    },
  },
}

const VERDICT = {
  type: 'object',
  required: ['refuted', 'reason'],
  properties: { refuted: { type: 'boolean' }, reason: { type: 'string' } },
}

const files = args?.files ?? []
const scope = files.length > 0 ? `these files:\n${files.map((f) => `- ${f}`).join('\n')}` : 'the current diff'
const SKEPTICS = 3

const reviewed = await pipeline(
  DIMENSIONS,
  (dimension) =>
    agent(`Review ${scope}\nLook only for ${dimension.key} problems: ${dimension.ask}.`, {
      label: `review:${dimension.key}`,
      phase: 'Review',
      schema: FINDINGS,
    }),
  (review, dimension) =>
    parallel(
      review.findings.map((finding) => async () => {
        const votes = await parallel(
          Array.from({ length: SKEPTICS }, (_, i) => () =>
            agent(
              `Skeptic ${i + 1} of ${SKEPTICS}. Try to refute this ${dimension.key} finding in ${finding.file}: ` +
                `"${finding.title}". Read the code. If you are not certain that it is real, refuted is true.`,
              { label: `verify:${dimension.key}`, phase: 'Verify', schema: VERDICT },
            ),
          ),
        )
        const standing = votes.filter(Boolean).filter((vote) => !vote.refuted).length
        return { ...finding, dimension: dimension.key, standing, confirmed: standing * 2 > SKEPTICS }
      }),
    ),
)

const all = reviewed.flat().filter(Boolean)
const confirmed = all.filter((finding) => finding.confirmed)
const order = { high: 0, medium: 1, low: 2 }
confirmed.sort((a, b) => order[a.severity] - order[b.severity] || a.file.localeCompare(b.file))
log(`${all.length} findings, ${confirmed.length} survived verification`)

return { reviewed: DIMENSIONS.map((d) => d.key), found: all.length, confirmed }
