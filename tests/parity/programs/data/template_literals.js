const tag = (st, ...v) => JSON.stringify([st, st.raw, v])
console.log(tag`a${1}b${'x'}c`, tag``, tag`${0}`, tag`\n\u0041\x42`, tag`line
two`)
const cache = (s) => s; const f = () => cache`same`; console.log(f() === f(), cache`x` === cache`x`, Object.isFrozen(f()), Object.isFrozen(f().raw), Array.isArray(f()))
console.log(((s) => s[0])`\unicode and \xerxes`, ((s) => s.raw[0])`\u{bad}`, String.raw`C:\new\${1 + 1}${2}`, `a${`b${`c${1}`}`}`, `${{ toString: () => 'obj' }} ${[1, [2, 3]]} ${() => 1} ${null}${undefined} ${-0} ${1e21}`)
const o = { valueOf: () => 'v', toString: () => 's' }; console.log(`${o}`, o + '', o + 1, `${o + ''}`, `${{ [Symbol.toPrimitive]: (h) => h }}`, `${new Date(0).getTime()}`, `\``, `$`, `$ {1}`, `\${1}`, `${'$'}{1}`)
const html = (s, ...v) => s.reduce((a, p, i) => a + p + (i < v.length ? String(v[i]).replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`) : ''), ''); console.log(html`<b>${'<script>'}</b>${1 < 2}&`)
const obj = { name: 'n', tag(s, ...v) { return this.name + s.join('_') + v.join() } }; console.log(obj.tag`1${2}3`)
console.log(`multi
  line ${[1, 2].map((x) => `
    - item ${x}`).join('')}
end`.split('\n').length, `tab\tnew\\n`.length, `😀${'é'}`.length, `a\
b`, `\r\n`.length, `crlf`.length)
try { `${Symbol('x')}` } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(`${((x) => x * 2)(21)} ${true && 'yes'} ${false || 'no'} ${null ?? 'dflt'} ${[..."ab"]} ${typeof `${1}`} ${`${1}` + 1}`)
