// May it be released? Tests, and two inspectors with one criterion each; all must say yes.
//
// Why this shape: asked for everything at once, an agent weighs one thing against another. A gate has one criterion, no
// answer counts as no, and nothing is outvoted.
export const meta = {
  name: 'pattern-quality-gate',
  description: 'Write an announcement and publish it only if every gate says yes',
  phases: ['Write', 'Gate', 'Publish'],
}

const version = args?.version ?? '2.4.0'

phase('Write')
const text = await agent(`Write the announcement of version ${version}, from the changelog.`, { label: 'announcement' })

const gate = await workflow('quality-gate', {
  work: text ?? '',
  gates: [
    { name: 'tests', command: 'make test' },
    { name: 'true', prompt: 'Everything it says is in the changelog.' },
    { name: 'kind', prompt: 'It blames nobody.' },
  ],
  inspector: { model: 'opus' },
})
if (!gate.passed) return { version, published: false, failed: gate.failed, undecided: gate.undecided }

phase('Publish')
await agent(`Publish this announcement:\n${text}`, { label: 'publish' })
return { version, published: true, failed: [], undecided: [] }
