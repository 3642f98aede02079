// Measures the root collation order of the common scripts with Intl.Collator and prints odw/ecma/collation_order.py.
const variant = new Intl.Collator('en')
const base = new Intl.Collator('en', { sensitivity: 'base' })
const accent = new Intl.Collator('en', { sensitivity: 'accent' })
const ranges = [[0, 0x2ff], [0x370, 0x52f], [0x1e00, 0x1fff], [0x2000, 0x23ff], [0x2500, 0x27bf], [0x3000, 0x30ff], [0xff00, 0xffef]]
const characters = []
for (const [first, last] of ranges) {
  for (let code = first; code <= last; code++) {
    const c = String.fromCharCode(code)
    if (!/\p{Assigned}/u.test(c) || /\p{M}/u.test(c) || variant.compare(c, '') === 0) continue
    const whole = c.normalize('NFKD')
    if (whole === c || (whole[0] === ' ' && whole.length > 1) || 'йЙ'.includes(c)) characters.push(c)
  }
}
const groups = []
for (const c of characters.sort(variant.compare)) {
  const last = groups.at(-1)
  if (last && base.compare(last[0], c) === 0) last.push(c)
  else groups.push([c])
}
const runs = []
for (const [c] of groups) {
  const code = c.charCodeAt(0)
  if (runs.length && runs.at(-1)[1] === code - 1) runs.at(-1)[1] = code
  else runs.push([code, code])
}
const marks = []
for (let code = 0x300; code < 0x370; code++) if (code !== 0x34f) marks.push(code)
marks.push(0x3099, 0x309a)
marks.sort((a, b) => variant.compare('a' + String.fromCharCode(a), 'a' + String.fromCharCode(b)))
const same = groups
  .filter((g) => g.length > 1 && !(g.length === 2 && g[0] === g[1].toLowerCase() && g[0] !== g[1]))
  .map((g) => g.map((c, i) => (i === 0 ? '' : accent.compare(g[0], c) === 0 ? '=' : '<') + c).join(''))
const hex = (n) => n.toString(16)
const wrap = (words, width = 100) => {
  const lines = ['']
  for (const w of words) {
    if (lines.at(-1).length + w.length + 1 > width) lines.push('')
    lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + w
  }
  return lines
}
const block = (name, comment, words) =>
  `# ${comment}\n${name} = (\n${wrap(words).map((l, i, all) => `    "${l}${i < all.length - 1 ? ' ' : ''}"`).join('\n')}\n)`
console.log(`"""The order of characters in the CLDR root collation: common scripts, measured (tests/ecma/collation_order.mjs)."""

from __future__ import annotations

${block('RUNS', 'Code points with a primary weight of their own, in ascending order, as runs.', runs.map(([a, b]) => (a === b ? hex(a) : `${hex(a)}-${hex(b)}`)))}
${block('MARKS', 'Combining marks by ascending secondary weight.', marks.map(hex))}
# Characters that share a primary weight: "=" before one that differs in the third level only, "<" in the second.
SAME = "${same.join(' ').replace(/["\\]/g, '\\$&')}"
`)
