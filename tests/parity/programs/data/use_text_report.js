const rows = [['name', 'count', 'share'], ['alpha', 12, 0.4567], ['beta-long-name', 3, 0.1], ['γ', 1234567, 0.0001]]
const cells = rows.map((r) => r.map((c) => (typeof c === 'number' ? (Number.isInteger(c) ? c.toLocaleString() : (c * 100).toFixed(1) + '%') : c)))
const widths = cells[0].map((_, i) => Math.max(...cells.map((r) => r[i].length)))
for (const [n, r] of cells.entries()) {
  console.log('| ' + r.map((c, i) => (i ? c.padStart(widths[i]) : c.padEnd(widths[i]))).join(' | ') + ' |')
  if (n === 0) console.log('|' + widths.map((w) => '-'.repeat(w + 2)).join('|') + '|')
}
const wrap = (text, width) => text.split(/\s+/).reduce((lines, word) => {
  const last = lines[lines.length - 1]
  if (last && (last + ' ' + word).length <= width) lines[lines.length - 1] = last + ' ' + word
  else lines.push(word)
  return lines
}, [])
console.log(wrap('The quick brown fox jumps over the lazy dog and then naps in the afternoon sun', 20).join('\n'))
const slug = (s) => s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
console.log(['Crème Brûlée!', '  Hello,   World  ', 'ÀÉÎõü', '100% sure?', '---'].map(slug).map((s) => JSON.stringify(s)).join(' '))
const truncate = (s, n) => (s.length > n ? s.slice(0, n - 1).trimEnd() + '…' : s)
console.log(truncate('a long sentence that must be cut', 12), truncate('short', 12))
const title = (s) => s.replace(/\b\w/g, (c) => c.toUpperCase())
console.log(title('the lord of the rings'), 'x'.repeat(3) + '='.repeat(10), '\tindent'.replace(/\t/g, '  '))
const bar = (v, max, w = 20) => '█'.repeat(Math.round((v / max) * w)).padEnd(w, '░')
for (const v of [0, 3, 5, 10]) console.log(bar(v, 10), `${v}/10`)
const dedent = (s) => { const ls = s.split('\n').filter((l) => l.trim()); const n = Math.min(...ls.map((l) => l.match(/^ */)[0].length)); return ls.map((l) => l.slice(n)).join('\n') }
console.log(dedent(`
    first
      second
    third
`))
console.log(['a', 'b', 'c'].map((x, i, all) => (i === all.length - 1 ? 'and ' : '') + x).join(', '), `${[1, 2, 3].map((n) => `#${n}`).join(' ')}`)
