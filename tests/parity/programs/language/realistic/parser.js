const tokenize = (s) => { const out = [], re = /\s*(?:(\d+\.?\d*)|(.))/y; let m; while ((m = re.exec(s)) !== null) out.push(m[1] !== undefined ? { t: 'n', v: +m[1] } : { t: m[2] }); return out }
function evaluate(src) {
  const ts = tokenize(src); let p = 0
  const peek = () => ts[p]?.t, eat = (t) => { if (peek() !== t) throw new SyntaxError(`expected ${t} got ${peek() ?? 'end'}`); return ts[p++] }
  const prim = () => { switch (peek()) { case 'n': return eat('n').v; case '-': eat('-'); return -prim(); case '(': { eat('('); const v = sum(); eat(')'); return v } default: throw new SyntaxError(`unexpected ${peek() ?? 'end'}`) } }
  const pow = () => { const b = prim(); return peek() === '^' ? (eat('^'), b ** pow()) : b }
  const prod = () => { let v = pow(); for (;;) { if (peek() === '*') { eat('*'); v *= pow() } else if (peek() === '/') { eat('/'); v /= pow() } else return v } }
  const sum = () => { let v = prod(); while (peek() === '+' || peek() === '-') v = ts[p++].t === '+' ? v + prod() : v - prod(); return v }
  const r = sum(); if (p < ts.length) throw new SyntaxError('trailing ' + peek()); return r
}
for (const e of ['1+2*3', '(1+2)*3', '2^3^2', '-4+10/4', '1+', '(1', '2 2', '1/0']) { try { console.log(e, '=', evaluate(e)) } catch (x) { console.log(e, x.name, x.message) } }
const matchBrackets = (s) => { const st = [], pairs = { ')': '(', ']': '[', '}': '{' }; for (const [i, c] of [...s].entries()) { if ('([{'.includes(c)) st.push([c, i]); else if (c in pairs) { const top = st.pop(); if (top?.[0] !== pairs[c]) return i } } return st.length ? st.at(-1)[1] : -1 }
console.log(['([]{})', '([)]', '((', ''].map(matchBrackets).join())
const csv = (t) => t.trim().split('\n').map(l => l.split(',').map(c => c.trim())).map(([h, ...r], i, all) => i ? Object.fromEntries(all[0].map((k, j) => [k, [h, ...r][j]])) : null).filter(Boolean)
console.log(JSON.stringify(csv('a, b\n1, 2\n3, 4')))
