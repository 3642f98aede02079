const log = []
const t = (n, v = n) => { log.push(n); return v }
const flush = (label) => { console.log(label, log.join()); log.length = 0 }
t(1) + t(2) * t(3); flush('binary')
t('o', { m(...a) { } })[t('k', 'm')](t('a'), t('b')); flush('call')
t('o', {})[t('k')] = t('v'); flush('assign')
const o = { a: 1 }
t('o', o)[t('k', 'a')] += t('v'); flush('compound')
t('o', o)[t('k', 'a')]++; flush('update')
new (t('C', class { }))(t('x'), t('y')); flush('new')
;[t(1), ...t('spread', [2]), t(3)]; flush('array')
;({ [t('k1')]: t('v1'), ...t('sp', {}), [t('k2')]: t('v2'), k3: t('v3') }); flush('object')
`${t('a')}${t('b')}`; flush('template')
t('cond', true) ? t('yes') : t('no'); flush('conditional')
let x = 1
const r = x + (x = 5) + x + x++ + ++x; console.log(r, x)
let y = 1
console.log([y, y++, y, (y += 2), y].join(), y)
const arr = [1, 2, 3]; let i = 0
arr[i++] = arr[i++] + i; console.log(arr.join(), i)
let z = 1; z += (z = 10, 5); console.log(z)
let q = { n: 1 }; const ref = q; q.x = q = { n: 2 }; console.log(JSON.stringify(ref), JSON.stringify(q))
try { undefined[t('key')] = t('value') } catch (e) { log.push(e.name) } flush('null base')
try { t('f', 5)(t('arg')) } catch (e) { log.push(e.name) } flush('not callable')
try { ({}).nope(t('arg2')) } catch (e) { log.push(e.name) } flush('no method')
try { null.prop(t('arg3')) } catch (e) { log.push(e.name) } flush('null method')
t(1) < t(2) && t(3) in t('obj', {}) ; flush('relational')
delete t('d', {})[t('dk')]; flush('delete')
typeof t('ty'), void t('vo'), !t('no'); flush('unary')
const vo = (n) => ({ valueOf() { log.push('v' + n); return n }, toString() { log.push('s' + n); return '' + n } })
vo(1) + vo(2); vo(3) < vo(4); `${vo(5)}`; vo(6) == 6; +vo(7); -vo(8); flush('conversions')
vo(1) * (log.push('mid'), vo(2)); flush('operand before conversion')
f(t('1'), f(t('2')), t('3')); function f() { log.push('f') } flush('nested calls')
