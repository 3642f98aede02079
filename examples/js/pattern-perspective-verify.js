// Why did it fail? Each suspected cause is examined from three sides before anybody acts on it.
//
// Why this shape: three equal skeptics overlook the same thing. One who looks at the time line, one at the mechanism and
// one at the counter-examples cannot all be wrong in the same way.
export const meta = {
  name: 'pattern-perspective-verify',
  description: 'Examine the suspected causes of an incident from different points of view',
  phases: ['Verify', 'Report'],
}

const incident = args?.incident ?? 'Orders were charged twice between 09:12 and 09:40.'
const causes = args?.causes ?? [
  'A retry of the payment request had no idempotency key.',
  'The queue delivered each message twice after the failover.',
  'The clock of one host was ahead.',
]

const found = await workflow('perspective-verify', {
  claims: causes,
  perspectives: [
    'whether it explains when it began and when it ended',
    'whether the mechanism can work as described',
    'whether anything that was observed speaks against it',
  ],
  needed: 2,
  context: `Incident: ${incident}`,
})

phase('Report')
const report = await agent(
  `Write the section "Root cause" of the report on this incident: ${incident}\n` +
    `Accepted causes:\n${JSON.stringify(found.confirmed)}\nStill open:\n${JSON.stringify(found.undecided)}`,
  { label: 'root cause' },
)
return { incident, causes: found.confirmed, open: found.undecided, votes: found.verdicts.map((verdict) => verdict.accepted), report }
