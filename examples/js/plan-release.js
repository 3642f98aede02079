// A workflow made of workflows: triage the open issues with one saved workflow, choose the headline with another.
//
// Why this shape: `workflow()` runs another script inline, with its own args and meta, and shares slots, budget and
// journal with it. Small workflows stay useful alone; this one only composes. Both children run at the same time.
export const meta = {
  name: 'plan-release',
  description: 'Compose two other workflows into a release plan',
  phases: [{ title: 'Gather' }, { title: 'Plan' }],
}

const version = args?.version ?? '2.0.0'
if (!/^\d+\.\d+\.\d+$/.test(version)) throw new TypeError(`not a version: ${version}`)
const [major, minor] = version.split('.').map(Number)
const kind = minor === 0 && major > 0 ? 'major' : 'minor'

phase('Gather')
const [triage, headline] = await Promise.all([
  workflow({ scriptPath: 'triage-issues.js' }, { issues: args?.issues }),
  workflow({ scriptPath: 'judge-panel.js' }, { task: `Choose the headline feature of the ${kind} release ${version}` }),
])

phase('Plan')
const plan = await agent(
  [
    `Write the plan for release ${version} (${kind}).`,
    `Headline: ${headline.final}`,
    'Open issues:',
    ...Object.entries(triage.counts).map(([name, count]) => `- ${name}: ${count}`),
  ].join('\n'),
  { label: 'plan' },
)

checkpoint('plan', { version, kind })
return { version, kind, headline: headline.winner, issues: triage.counts, plan }
