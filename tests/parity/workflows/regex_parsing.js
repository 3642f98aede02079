// Parsing agents' texts with regular expressions of all kinds.
export const meta = { name: 'regex-parsing', description: 'Named groups, sticky, lookbehind, matchAll, replace functions' }

const report = await agent('Report', { mockText: 'FAIL src/a.ts:12:3 [E101] bad ‘thing’\nPASS src/b.ts\nFAIL src/c.ts:7 [W20] Größe 5 µm\nscore: 7.5/10; cost: $1,234.50' })
const failures = [...report.matchAll(/^FAIL (?<file>[^:\n]+):(?<line>\d+)(?::(?<column>\d+))? \[(?<code>[A-Z]\d+)\]/gm)].map(({ groups: { file, line, column, code }, index }) => ({ file, line: +line, column: column ? Number(column) : null, code, index }))
const score = /score:\s*(\d+(?:\.\d+)?)\/(\d+)/.exec(report)?.slice(1).map(Number)
const cost = report.match(/(?<=\$)[\d,]+\.\d{2}/)?.[0].replaceAll(',', '')
const swapped = '2024-05-06'.replace(/(\d+)-(\d+)-(\d+)/, '$3.$2.$1 $& $$ $` $\'')
const upper = 'some_snake_case'.replace(/_([a-z])/g, (_, c, at) => c.toUpperCase() + at)
const named = 'k=v;a=b'.replace(/(?<key>\w)=(?<value>\w)/g, '$<value>:$<key>')
const words = 'naïve café 東京 déjà-vu'.match(/\p{L}+/gu)
const sticky = /\d/y
const stuck = []
for (const text of ['1a2', 'a1']) {
  sticky.lastIndex = 0
  stuck.push(sticky.test(text), sticky.lastIndex)
}
const tokens = 'let x = 10; // done'.split(/(\s|;)/).filter((t) => t && t.trim())
const indices = /b(c)?(d)/d.exec('abd').indices
const balanced = 'x'.search(/y/) + 'hay needle'.search(/needle/)
const unfenced = '```json\n{"a": [1, 2,\n3]}\n```'.match(/```(?:json)?\s*([\s\S]*?)```/)[1]
const back = /(['"])(.*?)\1/.exec(`say "it's" now`)[2]
const lazy = 'aXbXc'.split('X', 2)
const g = /o/g
const walked = []
let m
while ((m = g.exec('foo boo')) !== null) walked.push([m.index, g.lastIndex])
log(`${failures.length} failures; ${words}`)
return { failures, score, cost, swapped, upper, named, words, stuck, tokens, indices: [...indices], balanced, parsed: JSON.parse(unfenced), back, lazy, walked, flags: /x/gimsuy.flags, source: String(/a\/b/) }
