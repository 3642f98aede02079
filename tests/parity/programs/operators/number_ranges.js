// Ints, floats and strings where a compiler's idea of a variable's range could be wrong.
const show = (...values) => console.log(values.map((v) => Object.is(v, -0) ? '-0' : typeof v === 'string' ? `'${v}'` : String(v)).join(' '))

{ // beyond 2**53
  let grown = 1
  for (let i = 0; i < 60; i++) grown = grown * 2 + 1
  let edge = 9007199254740990
  for (let i = 0; i < 4; i++) { edge++; show(edge) }
  let below = -9007199254740991
  below--; below--; below -= 3
  let sum = 0
  for (let i = 0; i < 5; i++) sum += i * 4503599627370496
  show(grown, edge, below, sum, edge + 1 - 2)
}
{ // -0, NaN, infinities
  let zero = 0
  const n = 5
  show(zero * -1, -zero, zero * n, -n * zero, zero / -n, -4 % 2, n % zero, n / zero, 0 - 0, -0 + 0)
  for (let i = -2; i < 3; i++) show(i * 0, i % 2, -i, i / 0, i | 0, ~i, i >>> 0, i >> 1, i << 30)
  let nan = 1
  nan = nan - Infinity + Infinity
  show(nan, nan === nan, nan < 1, nan >= 1, nan ? 'yes' : 'no', !nan, nan | 0, nan != nan)
}
{ // 32 bits
  let h = 2166136261
  for (let i = 0; i < 20; i++) { h ^= i * 77; h = Math.imul(h, 16777619); show(h, h >>> 0, h >>> 7, h >> 7, h << 3, ~h, h & 0xff, h | 1) }
  let u = 0xdeadbeef
  show(u | 0, u & -1, u ^ 0, u ^ u, u >> 4, u >>> 4, u >>> 32, u >>> 33, u << 31, u << 32, ~u, ~~u, u & 0x80000000, u & 0x7fffffff)
  const far = 9007199254740991
  show(far | 0, far & 255, far >>> 0, far >> 1, ~far, far ^ 1, far << 1, Math.imul(far, far), Math.imul(u, u) >>> 0, Math.imul(Math.imul(u, 3), Math.imul(u, 5)))
  const count = 33
  let by = 1
  for (let i = 0; i < 3; i++) { by += 15; show(1 << by, -1 >>> by, -1 >> by, u << by, 5 >> count) }
}
{ // who else assigns
  let a = 1, b = 1, c = 1, e = 1
  const set = (v) => { a = v }
  set('text'); show(a + 1, a < 2, a === 1, a ? 1 : 2)
  set(undefined); show(a + 1, a === 1); set(true); show(a + 1, a == 1, a === 1, 1 === a)
  ;[b, { c }] = ['7', { c: null }]
  show(b + 1, b * 2, c + 1, -c)
  try { e++; throw 'thrown'; } catch (caught) { e = caught } finally { e += 1 }
  show(e)
  for (e of [1, 'x', 2.5]) show(e + 1)
  for (e in { k: 1 }) show(e + 1)
  let n = 3
  n = n > 2
  show(n + 1, n === 1, n === true, n == 1)
  let late = 1
  late ??= 'no'; late &&= 'yes'; show(late + 1)
}
{ // closures see the iteration's own value
  const fs = []
  for (let i = 0; i < 3; i++) { fs.push(() => i * 10); fs.push(() => ++i) }
  show(...fs.map((f) => f()), ...fs.map((f) => f()))
  for (let i = 0, step = () => i++; i < 3; i++) { if (i > 1) break; show(i, step()) }
  function* g(n) { let k = 0; while (k < n) { const got = yield k++; if (got) k = got } return k }
  const it = g(4)
  show(it.next().value, it.next(1.5).value, it.next('2').value, it.next().value)
}
{ // parameters of functions that are only called
  function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
  function mixed(x, y) { return x + y }
  const step = (n) => n - 1
  const late = (n = 1) => n + 1
  const rest = (n, ...more) => n + more.length
  function twice(n) { n += n; return n < 1e6 ? twice(n) : n }
  function assigned(n) { if (n > 1) n = 'many'; return n + 1 }
  show(fib(15), mixed(1), mixed(1, 2), mixed('1', 2), step(0), step(-0), late(), late(2), rest(1), rest(1, 2), twice(3), assigned(1), assigned(2))
  const passed = (n) => n + 1
  show(passed(1), ['a'].map(passed)[0], passed(...['b']))
  function down(n) { return n === 0 ? 'end' : down(n - 1) }
  show(down(50))
}
{ // strings
  let s = '', back = 'x', t = 'a'
  for (let i = 0; i < 3; i++) { s += i; s += -0; s += 1.5; s += null; s = s + [i]; s += 'z'; back = back + s.length }
  show(s, back, s.length, s < back, s === s + '', s == `${s}`)
  s += (s = 'replaced'); show(s)
  s += s; show(s)
  const o = { toString() { t += 'b'; return 'o' } }
  t += o; show(t); t = t + o; show(t); t += `${o}${1}`; show(t)
  try { t += Symbol('no') } catch (error) { show(error.message, t) }
  try { t += { valueOf() { throw 'v' } } } catch (error) { show(error, t) }
  const emit = (line) => { s += line + ';' }
  emit(1); emit('two'); emit({}); show(s)
  let maybe = ''
  if (s) maybe = 5
  maybe += 1; show(maybe)
  show('' + 1 + 2, 1 + 2 + '', '1' * 1 + 1, 'a' + -1, 'a' + 1e21, 'a' + 0.1, `${1}${'b'}`.length, 'abc'.length + 1)
  const list = [1, 2]; list.length = 5; show(list.length, list.length * 2, [...list].length - 1)
}
{ // conditions
  let i = 0, text = ''
  if (i) show('no'); else show('zero')
  show(!i, !!i, i ? 1 : 2, i || 'or', i && 'and', !text, !!text, text || 'empty', text ? 1 : 2)
  while (i < 3 && i !== 2) i++
  show(i, i === 2, i == 2, i !== 2, i == '2', i === '2', 5 === i, i < '10', 'a' < 'b', i <= NaN)
  show(i++, i, ++i, i--, --i, i++ + ++i, -i, +i)
}
