// Prompts built from templates inside templates, with indentation trimmed by regular expressions.
export const meta = {
  name: 'nested-templates',
  description: 'Prompts that hold ' + 'prompts',
  whenToUse: `when texts nest`,
}
const dedent = (text) => text.replace(/^\n/, '').replace(/^[ \t]+/gm, '').trimEnd()
const rows = [{ path: 'src/a.ts', lines: [1, 5, 8], why: 'uses `any`' }, { path: 'src/b.ts', lines: [], why: "doesn't close ${handle}" }]
const prompt = dedent(`
    Review ${rows.length} file${rows.length === 1 ? '' : 's'}:
    ${rows.map(({ path, lines, why }, i) => `${i + 1}. ${path}${lines.length ? ` (lines ${lines.map((l) => `L${l}`).join(', ')})` : ''} — ${why}`).join('\n')}
    ${rows.some((r) => !r.lines.length) ? `Note: ${rows.filter((r) => !r.lines.length).map((r) => `\`${r.path}\``)} has no lines` : ''}
`)
log(prompt)
const tag = (strings, ...values) => strings.raw.map((s, i) => s + (i < values.length ? `<${typeof values[i]}:${values[i]}>` : '')).join('')
const tagged = tag`a\n${1}b${'x'}${null}c\u0041${[1, 2]}`
const raw = String.raw`C:\new\${1 + 1}\t${'end'}`
const cache = new Map()
const once = (s) => (cache.has(s) ? 'same' : (cache.set(s, 1), 'new'))
const site = () => ((strings) => once(strings))`x${1}`
const answer = await agent(`${prompt}\n\n---\n${`Answer in ${`${['one', 'two'].at(-1)} ${'word'.concat('s')}`}`}`, { label: `nested ${'✓'}` })
return { prompt, tagged, raw, sites: [site(), site()], ok: typeof answer === 'string', multi: `line
two	tabbed` }
