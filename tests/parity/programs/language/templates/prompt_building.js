const files = [{ path: 'src/a.ts', lines: 10 }, { path: 'src/b.ts', lines: 0 }], opts = { strict: true, notes: ['n1', 'n2'] }
const prompt = (f, i, { strict = false, notes = [] } = {}) => `You are reviewer #${i + 1}.
File: ${f.path} (${f.lines ? `${f.lines} line${f.lines > 1 ? 's' : ''}` : 'empty'})
${strict ? 'Be strict.' : ''}${notes.length ? `
Notes:
${notes.map((n, j) => `  ${j + 1}. ${n}`).join('\n')}` : ''}
${'-'.repeat(5)}
\`\`\`json
${JSON.stringify({ f, i }, null, 2)}
\`\`\``
files.forEach((f, i) => console.log(prompt(f, i, i ? {} : opts)))
const dedent = (s, ...v) => { const raw = s.raw.reduce((a, p, i) => a + (i ? v[i - 1] : '') + p, ''); const ls = raw.split('\n').filter((l, i, a) => (i > 0 && i < a.length - 1) || l.trim()); const ind = Math.min(...ls.filter(l => l.trim()).map(l => l.match(/^ */)[0].length)); return ls.map(l => l.slice(ind)).join('\n') }
console.log(dedent`
    first ${1}
      second
    third ${'x'}
`)
console.log('a' + `b${'c' + `d${'e'}`}` + 'f', `${`${`${1}`}`}`, `a${''}b`, `${'\n'}`.length, `\\${'n'}`, `$${1}$`, `{${1}}`, `${{ toString: () => 'T' }}${[[], [1, [2]]]}`)
