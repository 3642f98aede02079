const x = 5, o = { toString: () => 'obj', name: 'n' }, nested = (s) => `[${s}]`
console.log(`a${x}b${x + 1}c`, `${o}`, `${[1, 2]}`, `${null} ${undefined} ${true} ${-0} ${1e21}`)
console.log(`line1
line2\n\ttab \\ \` \${x} $ {x} \u0041 \x42 \u{1F600}`.length)
console.log(`${`inner ${nested(`deep ${x}`)}`}`, `${x > 3 ? `yes ${x}` : 'no'}`, `${(() => `fn${x}`)()}`, `${{ a: 1 }.a}`)
console.log(`${''}`, ``, `${x}`, `${x}${x}`, `{}${x}}}{{`, `"'"`, `%s %d {0}`)
const lines = `
  indented ${o.name}
    more
`
console.log(JSON.stringify(lines))
const tag = (s, ...v) => s.raw.map((r, i) => r + (v[i] ?? '')).join('|') + s.length + s.join('')
console.log(tag`a${1}b${2}c`, tag`\n${'x'}\t`, tag``)
console.log(String.raw`C:\new\${x}${x}`, String.raw({ raw: ['a', 'b', 'c'] }, 1, 2))
const site = () => ((s) => s)`same`
console.log(site() === site(), ((s) => s)`x` === ((s) => s)`x`, Object.isFrozen(site()), Array.isArray(site().raw))
const m = { t(s) { return this.v + s[0] }, v: 'this:' }
console.log(m.t`tpl`, m['t']`x`, new (class { constructor(s) { this.s = s } })(`arg`).s)
console.log(((s) => s[0])`\unicode`, ((s) => s.raw[0])`\unicode and \xerxes`)
console.log(((...a) => a.length)`${1}${2}`, (() => (s, v) => s[0] + v)()`curried ${9}`)
try { `${Symbol('s')}` } catch (e) { console.log(e.message) }
console.log(`${await Promise.resolve('awaited')} ${[1, 2, 3].map(n => `<${n}>`).join('')}`)
console.log(`😀${'😀'.length}`, `\u{10FFFF}`.length, 'caf\u00e9', '\0'.length, '\
continued')
